from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no finding
settings.load_profile("untimed")
