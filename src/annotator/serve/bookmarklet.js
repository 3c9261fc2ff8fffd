(() => {
  const door = "http://127.0.0.1:PORT";
  const page = open(door + "/clip", "_blank", "popup,width=560,height=480");
  if (!page) {
    alert("The browser has blocked the window of annotator. Allow windows of this site.");
    return;
  }
  addEventListener("message", function ready(event) {
    if (event.source !== page || event.origin !== door) return;
    removeEventListener("message", ready);
    const root = document.documentElement;
    page.postMessage({ url: location.href, title: document.title, html: root.outerHTML }, door);
  });
})();
void 0;
