// The search runs in a worker, which browsers refuse for a page that was opened from the disk:
// there its script runs in a hidden frame of the page instead.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(url) {
      this.waiting = [];
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.documentElement.append(this.frame);
      const inner = this.frame.contentWindow;
      inner.postMessage = (data) => setTimeout(() => this.onmessage?.({ data }));
      const script = inner.document.createElement("script");
      script.src = url;
      script.onload = () => {
        this.ready = true;
        this.waiting.splice(0).forEach((data) => inner.onmessage({ data }));
      };
      script.onerror = (event) => this.onerror?.(event);
      inner.document.documentElement.append(script);
    }

    postMessage(data) {
      if (this.ready) setTimeout(() => this.frame.contentWindow.onmessage({ data }));
      else this.waiting.push(data);
    }

    terminate() {
      this.frame.remove();
    }
  };
}
