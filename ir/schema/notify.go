package schema

// Notify is [notify].
var Notify = &Table{
	Path: "notify",
	Doc:  "Settings of notifications as a whole.",
	Keys: []Key{
		{Name: "global_notifiers", Type: Strings, Format: NotifierRef, Doc: "Notifiers that hear of everything."},
		{Name: "default_timeout", Type: String, Format: Duration, Doc: "Time that one delivery may take."},
		{Name: "history_keep", Type: Int, Doc: "Number of past notifications that are kept."},
		{Name: "history_keep_for", Type: String, Format: Retention, Doc: "Age up to which past notifications are kept."},
		{Name: "coalesce_window", Type: String, Format: Duration, Doc: "Time within which equal notifications become one."},
		{Name: "occurrence_ring", Type: Int, Doc: "Number of occurrences that a notification remembers."},
		{Name: "coalesce_outbound", Type: Bool, Doc: "Sends notifications that became one only once."},
	},
}

// Notifier is [[notifier]].
var Notifier = &Table{
	Path: "notifier",
	Doc:  "A way to send notifications.",
	Keys: []Key{
		{Name: "id", Type: String, Format: NotifierID, Required: true, Doc: "Name by which others refer to the notifier. Each is used once, holds no colon, and is not inapp."},
		{Name: "type", Type: String, Required: true, Enum: []string{"slack", "discord", "telegram", "smtp", "webhook"}, Doc: "Kind of notifier."},
		{Name: "template_path", Type: String, Format: Path, Doc: "File with a template of the message."},
	},
	VariantKey: "type",
	Variants: []Variant{
		{"slack", slack},
		{"discord", discord},
		{"telegram", telegram},
		{"smtp", smtp},
		{"webhook", webhook},
	},
}

var slack = &Table{
	Doc: "Posts to a Slack channel.",
	Keys: []Key{
		{Name: "webhook_url", Type: String, Required: true, Doc: "Incoming webhook."},
		{Name: "channel", Type: String, Doc: "Channel, where it is not that of the webhook."},
	},
}

var discord = &Table{
	Doc: "Posts to a Discord channel.",
	Keys: []Key{
		{Name: "webhook_url", Type: String, Required: true, Doc: "Incoming webhook."},
	},
}

var telegram = &Table{
	Doc: "Posts to a Telegram chat.",
	Keys: []Key{
		{Name: "bot_token", Type: String, Required: true, Doc: "Token of the bot."},
		{Name: "chat_id", Type: String, Required: true, Doc: "Chat to post to."},
		{Name: "parse_mode", Type: String, Doc: "How Telegram reads markup in the message."},
	},
	Relations: []Relation{
		{Needs, Term{"parse_mode", "MarkdownV2"}, Term{Key: "template_path"}},
	},
}

var smtp = &Table{
	Doc: "Sends mail.",
	Keys: []Key{
		{Name: "host", Type: String, Required: true, Doc: "Mail server."},
		{Name: "from", Type: String, Required: true, Doc: "Address of the sender."},
		{Name: "to", Type: Strings, Required: true, MinItems: 1, Doc: "Addresses of the recipients."},
		{Name: "port", Type: Int, Bounded: true, Max: 65535, Doc: "Port of the mail server."},
		{Name: "tls", Type: String, Enum: []string{"starttls", "implicit", "none"}, Doc: "How the connection is encrypted."},
		{Name: "tls_skip_verify", Type: Bool, Doc: "Accepts any certificate of the mail server."},
		{Name: "reply_to", Type: String, Doc: "Address for replies."},
		{Name: "cc", Type: Strings, Doc: "Addresses of those who get a copy."},
		{Name: "bcc", Type: Strings, Doc: "Addresses of those who get a copy unseen."},
		{Name: "username", Type: String, Doc: "User name at the mail server."},
		{Name: "password", Type: String, Doc: "Password at the mail server."},
	},
	Relations: []Relation{
		{Needs, Term{Key: "username"}, Term{Key: "password"}},
		{Needs, Term{Key: "password"}, Term{Key: "username"}},
		{Excludes, Term{Key: "username"}, Term{"tls", "none"}},
		{Excludes, Term{Key: "password"}, Term{"tls", "none"}},
	},
}

var webhook = &Table{
	Doc: "Posts to any URL.",
	Keys: []Key{
		{Name: "url", Type: String, Required: true, Doc: "Address to post to."},
		{Name: "headers", Type: StringMap, Doc: "Further headers of the request."},
	},
}

// Route is [[notification_route]].
var Route = &Table{
	Path: "notification_route",
	Doc:  "Sends what matches to some notifiers.",
	Keys: []Key{
		{Name: "match", Type: Sub, Table: Match, Doc: Match.Doc},
		{Name: "notify", Type: Strings, Format: NotifierRef, Required: true, MinItems: 1, Doc: "Notifiers that hear of what matches."},
	},
	Refused: routeRefusals,
}

// Match is the match table of a [[notification_route]].
var Match = &Table{
	Path: "notification_route.match",
	Doc:  "What a route is for. A key that is not set matches everything.",
	Keys: []Key{
		{Name: "kind", Type: Strings, Enum: []string{
			"run.started", "run.succeeded", "run.failed", "run.timeout", "run.stopped",
			"run.crashed", "run.missed", "service.fatal", "notify.delivery_failed",
		}, Doc: "Kinds of events."},
		{Name: "severity", Type: String, Enum: []string{"info", "warn", "error"}, Doc: "Severity of events."},
		{Name: "task", Type: String, Format: Glob, Doc: "Pattern for the name of the task or service."},
	},
}
