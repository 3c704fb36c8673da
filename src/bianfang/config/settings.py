"""Settings of every deployment; what differs is read from the environment by `config.env`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bianfang.config import env, secrets_file

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir()
BUILD_DIR = Path(env.text("BIANFANG_BUILD_DIR") or PACKAGE.parent.parent / "build")

DEBUG = env.flag("BIANFANG_DEBUG")
DEMO = env.flag("BIANFANG_DEMO")
SECRET_KEY = env.text("BIANFANG_SECRET_KEY") or secrets_file.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("BIANFANG_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("BIANFANG_ORIGINS")

BIANFANG_CIPHER = env.choice("BIANFANG_CIPHER", "aes-gcm", ("aes-gcm", "sm4-gcm"))
BIANFANG_KEYRING_FILE = Path(env.text("BIANFANG_KEYRING_FILE") or DATA_DIR / "keyring.json")
BIANFANG_UPLOADS = DATA_DIR / "uploads"
BIANFANG_BACKUPS = DATA_DIR / "backups"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "django_vite",
    "bianfang.faces.desk",
    "bianfang.faces.field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "bianfang.kernel.tenancy",
    "bianfang.kernel.journal",
    "bianfang.kernel.numbering",
    "bianfang.kernel.workcalendar",
    "bianfang.kernel.jobs",
    "bianfang.kernel.operations",
    "bianfang.register.areas",
    "bianfang.register.people",
    "bianfang.register.phones",
    "bianfang.register.households",
    "bianfang.register.rolls",
    "bianfang.outreach.assignments",
    "bianfang.outreach.visits",
    "bianfang.outreach.demands",
    "bianfang.outreach.meetings",
    "bianfang.outreach.lookback",
    "bianfang.outreach.halfyear",
    "bianfang.outreach.campaigns",
    "bianfang.outreach.photos",
    "bianfang.mechanisms.channels",
    "bianfang.mechanisms.reminders",
    "bianfang.mechanisms.longterm",
    "bianfang.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bianfang.faces.desk.middleware.content_security_policy",
    "bianfang.faces.desk.middleware.session_for_htmx",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bianfang.faces.desk.middleware.read_only_get",
    "bianfang.faces.desk.middleware.acting_person",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bianfang.config.urls"
WSGI_APPLICATION = "bianfang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "bianfang.faces.desk.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "template_partials.templatetags.partials"],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_ADAPTER = "bianfang.faces.desk.accounts.DeskAccountAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": False, "signup": False}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # offices share computers: closing the browser signs out
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "遍访 Bianfang"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "desk/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("BIANFANG_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bianfang.faces.field.api.csrf_failed"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD_DIR / "static"] if (BUILD_DIR / "static").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(desk|field)/assets/.+-[\w-]{8}\.\w+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "desk",
        "manifest_path": BUILD_DIR / "static" / "desk" / "manifest.json",
    }
}

BIANFANG_INBOX = "desk:reminders"
BIANFANG_ROBOT_HOSTS = env.words("BIANFANG_ROBOT_HOSTS", "qyapi.weixin.qq.com,oapi.dingtalk.com")
BIANFANG_MAIL_SERVER = env.mail_server()
EMAIL_HOST = BIANFANG_MAIL_SERVER.get("host", "")
EMAIL_PORT = BIANFANG_MAIL_SERVER.get("port", 25)
EMAIL_HOST_USER = BIANFANG_MAIL_SERVER.get("user", "")
EMAIL_HOST_PASSWORD = BIANFANG_MAIL_SERVER.get("password", "")
EMAIL_USE_SSL = BIANFANG_MAIL_SERVER.get("ssl", False)
EMAIL_USE_TLS = BIANFANG_MAIL_SERVER.get("tls", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("BIANFANG_MAIL_FROM") or EMAIL_HOST_USER

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("BIANFANG_LOG_LEVEL", "WARNING")},
}
