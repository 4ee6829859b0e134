//! What is said of each setting when the settings are printed.

/// A key, what it is for, and an example where the default is "not set".
pub(super) struct Key {
    pub path: &'static str,
    pub words: &'static str,
    pub example: &'static str,
}

const fn key(path: &'static str, words: &'static str) -> Key {
    Key { path, words, example: "" }
}

const fn unset(path: &'static str, example: &'static str, words: &'static str) -> Key {
    Key { path, words, example }
}

pub(super) const KEYS: &[Key] = &[
    key(
        "listen",
        "Where to listen for HTTP: address and port. Port 0 takes any free one.\n\
        Put a reverse proxy with TLS before it; see docs/OPERATING.md.",
    ),
    key("data", "The folder for conversations (wendu.db) and the index. Made when missing."),
    key("pack", "The folder of what the city publishes; see docs/PACK.md. Watched for changes."),
    Key {
        path: "models",
        words: "The folder of models, which `wendu models` fetches [default: models in the data folder].",
        example: "\"/var/lib/wendu-models\"",
    },
    Key {
        path: "models_mirror",
        words: "Your own mirror of the models' packages, an address or a folder. `wendu models` then takes them\n\
        from there and from nowhere else; see docs/OPERATING.md.",
        example: "\"https://mirror.city.example/wendu-models/\"",
    },
    key(
        "log.format",
        "\"text\" for people, \"json\" for machines. Logs go to standard error and\n\
        never carry what was said, nor names, numbers or addresses.",
    ),
    key(
        "log.filter",
        "What is logged: error, warn, info, debug or trace; by part: \"info,wendu=debug\".",
    ),
    key(
        "store.limit_mib",
        "The most disk that conversations may take, in MiB; 0 means no limit. When it is\n\
        reached, new turns are refused with a clear answer and nothing that was kept is lost.",
    ),
    key("store.readers", "How many readers may be at the database at once."),
    key(
        "desk.answer_within_minutes",
        "Minutes of opening hours within which whoever waits should have a clerk. Who has waited\n\
        longer is marked at the desk.",
    ),
    key(
        "desk.call_back_within_hours",
        "Hours of opening hours within which whoever was promised a call should have it.",
    ),
    Key {
        path: "web.accent_light",
        words: "The city's colour on the light page, as #rrggbb. Its contrast must be 7:1 or more.",
        example: "\"#86290c\"",
    },
    Key { path: "web.accent_dark", words: "The same for the dark page.", example: "\"#ffb59a\"" },
    key(
        "web.embed_origins",
        "Sites that may show the widget, e.g. [\"https://www.city.example\"].",
    ),
    key("web.message_limit_bytes", "How long one message may be, in bytes of UTF-8: 200 to 8192."),
    key(
        "web.conversation_rate",
        "How often one conversation may say something: per_minute in the long run, burst\n\
        at once. per_minute = 0 lifts the limit.",
    ),
    key(
        "web.address_rate",
        "The same for one network address (one /64 network for IPv6). Many people share one\n\
        address in a library.",
    ),
    key(
        "web.trusted_proxies",
        "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed,\n\
        e.g. [\"127.0.0.1\"].",
    ),
    key(
        "web.secure_cookie",
        "Whether cookies are for https only: \"auto\" (when a trusted proxy says https),\n\
        \"always\" or \"never\".",
    ),
    unset(
        "phone.transfer_to",
        "\"tel:+861066\"",
        "Where a caller who asks for a person is handed to while somebody is there. Without it the\n\
        caller hears the number and the hours, and may leave a number to be called back.",
    ),
    key(
        "phone.transfer_prefixes",
        "How numbers and addresses begin to which callers may be handed: [\"tel:+8610\"]. With none,\n\
        no call ever goes out.",
    ),
    unset(
        "phone.recordings",
        "\"/var/lib/wendu/recordings\"",
        "The folder in which calls are recorded. Without it none is; with it every caller is told.",
    ),
    key(
        "phone.trunks",
        "Who brings calls; see docs/PHONE.md. Packets from anyone else are not answered at all.\n\
        e.g. [{ name = \"pbx\", addresses = [\"198.51.100.7\"] }]",
    ),
    unset(
        "phone.audiosocket",
        "{ listen = \"127.0.0.1:9092\", addresses = [\"127.0.0.1\"] }",
        "Calls from Asterisk's AudioSocket: where to listen, and from where it connects.",
    ),
    unset(
        "phone.media_streams",
        "{ address = \"wss://phone.city.example/media\", token = { env = \"MEDIA_TOKEN\" } }",
        "Calls by a provider's Media Streams: the address as the provider is told it, and the\n\
        account's token.",
    ),
    unset(
        "phone.sip.udp",
        "\"0.0.0.0:5060\"",
        "Where SIP is spoken on UDP. With no udp, tcp and tls there is no SIP.",
    ),
    unset("phone.sip.tcp", "\"0.0.0.0:5060\"", "The same on TCP."),
    unset("phone.sip.tls", "\"0.0.0.0:5061\"", "The same on TLS; needs certificate and key."),
    unset(
        "phone.sip.certificate",
        "\"/etc/wendu/phone.pem\"",
        "The file of the certificate and its chain, PEM.",
    ),
    unset("phone.sip.key", "\"/etc/wendu/phone.key\"", "The file of its private key, PEM."),
    key(
        "phone.sip.authorities",
        "The file of the authorities by which a registrar's certificate is checked, PEM.",
    ),
    unset(
        "phone.sip.external",
        "\"203.0.113.5:5060\"",
        "The address that others reach this SIP by, where a router stands between.",
    ),
    key(
        "phone.sip.session_expires_s",
        "How long a call goes on without a sign that both sides still hold it, in seconds\n\
        (RFC 4028); 90 or more.",
    ),
    key("phone.rtp.listen", "The address that sound comes to."),
    key(
        "phone.rtp.ports",
        "The first and the last UDP port for sound; a call takes two, and two more with text.",
    ),
    unset(
        "phone.rtp.external",
        "\"203.0.113.5\"",
        "The address that others reach these ports by, where a router stands between.",
    ),
    key("phone.rtp.codecs", "The codecs that are taken, the dearest first."),
    key(
        "phone.rtp.encryption",
        "Whether sound is encrypted: \"offered\" (where the caller's side offers it), \"required\" or\n\
        \"never\".",
    ),
    key("phone.rtp.text", "Whether typed text is taken (real-time text, RFC 4103)."),
    key(
        "phone.rtp.lost_after_s",
        "After how many seconds without a packet a call counts as lost; 0 for never.",
    ),
    key("phone.limits.calls", "Calls at once."),
    key(
        "phone.limits.told_when_full",
        "Calls beyond that, taken only to be told that all lines are busy, and to leave a number.",
    ),
    key(
        "phone.limits.caller_per_minute",
        "Calls that one caller may make in a minute; 0 for any number.",
    ),
    key(
        "speech.ears.model",
        "The model by which speech is heard: any multilingual ggml model of whisper.cpp. A file\n\
        in `ears` of the models folder, or a path.",
    ),
    key(
        "speech.ears.states",
        "Utterances that are heard at once; each takes memory, about 150 MB.",
    ),
    key(
        "speech.ears.threads",
        "Processor threads for an utterance that is heard alone; several at once share them.",
    ),
    key("speech.ears.queue", "Utterances that may wait beside those."),
    key(
        "speech.voice.zh",
        "The voice for Chinese, and the one for English: a file in `voice` of the models folder,\n\
        without its .bin.",
    ),
    key("speech.voice.en", "The voice for English."),
    key(
        "speech.voice.threads",
        "Processor threads with which a sentence is made that a caller waits for.",
    ),
    key(
        "speech.voice.ahead",
        "Whether the published answers and the line's own sentences are made into sound while nobody\n\
        calls, so that they are answered with at once. The first time takes about an hour of a\n\
        processor for a pack like the demo city's.",
    ),
    key(
        "speech.voice.cache_mib",
        "The most disk, in MiB, for sentences that were said before; what was not said for longest\n\
        goes first.",
    ),
];
