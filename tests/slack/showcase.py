"""Every block and every input that the page draws, once."""


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str = "") -> dict:
    return {"text": plain(text), "value": value or text.lower()}


def words(text: str, **style: bool) -> dict:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def section(*pieces: dict) -> dict:
    return {"type": "rich_text_section", "elements": list(pieces)}


def message(person: str, channel: str) -> list[dict]:
    return [
        {"type": "header", "text": plain("The price of a quiet border")},
        {"type": "context", "elements": [mrkdwn("*Irena Halvorsen* · _The Harbour Post_ · 4 March 2025 · 6 min")]},
        {
            "type": "section",
            "text": mrkdwn(
                "The *thesis* of the <https://harbour.example/border|piece>, with `code`, ~old~, :books: and &lt;!channel&gt; dead.\n"
                "&gt; A border that nobody watches is not at peace.\nAsk <@" + person + "> in <#" + channel + ">."
            ),
            "accessory": {
                "type": "overflow",
                "action_id": "more",
                "options": [option("Fix details"), option("Remove from library")],
                "confirm": {
                    "title": plain("Sure?"),
                    "text": plain("This can be undone."),
                    "confirm": plain("Yes"),
                    "deny": plain("No"),
                    "style": "danger",
                },
            },
        },
        {
            "type": "section",
            "fields": [mrkdwn("*Outlet*\nThe Harbour Post"), mrkdwn("*Date*\nnot stated"), mrkdwn("*Pieces*\n7"), mrkdwn("*Issues*\n3")],
        },
        {"type": "divider"},
        {
            "type": "rich_text",
            "elements": [
                section(words("Key points", bold=True), words("\n")),
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        section(words("Patrols cost less than the trade that they protect. "), words("¶2", italic=True)),
                        section(
                            words("The treaty "),
                            words("must", bold=True),
                            words(" be read by both sides. "),
                            {"type": "link", "url": "https://harbour.example/border", "text": "¶5"},
                        ),
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": 1,
                    "elements": [section(words("an aside")), section({"type": "user", "user_id": person})],
                },
                {"type": "rich_text_quote", "elements": [words("“No treaty survives a winter of silence.”")]},
                {"type": "rich_text_preformatted", "elements": [words("2023 ▇▇▇▇ 4\n2024 ▇▇ 2")]},
                section(
                    {"type": "date", "timestamp": 1741082400, "format": "{date_long} at {time}", "fallback": "4 March"},
                    words(" "),
                    {"type": "emoji", "name": "wave"},
                ),
            ],
        },
        {
            "type": "table",
            "column_settings": [{"align": "left", "is_wrapped": True}, {"align": "right"}],
            "rows": [
                [{"type": "raw_text", "text": "Author"}, {"type": "raw_text", "text": "Pieces"}],
                [{"type": "raw_text", "text": "Irena Halvorsen"}, {"type": "raw_text", "text": "7"}],
                [{"type": "rich_text", "elements": [section(words("Tomas Brandt", italic=True))]}, {"type": "raw_text", "text": "12"}],
            ],
        },
        {"type": "markdown", "text": "## Markdown\n\nA **bold** word, a [link](https://harbour.example), and\n\n1. one\n2. two\n\n> quoted"},
        {"type": "image", "image_url": "https://harbour.example/map.png", "alt_text": "A map of the border", "title": plain("Map")},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "share", "text": plain("Share to channel"), "style": "primary", "value": "7"},
                {"type": "button", "action_id": "plain", "text": plain("More points")},
                {
                    "type": "button",
                    "action_id": "remove",
                    "text": plain("Remove"),
                    "style": "danger",
                    "confirm": {
                        "title": plain("Remove it?"),
                        "text": mrkdwn("The piece leaves the library."),
                        "confirm": plain("Remove"),
                        "deny": plain("Keep"),
                        "style": "danger",
                    },
                },
                {
                    "type": "static_select",
                    "action_id": "pick",
                    "placeholder": plain("Another piece"),
                    "options": [option("On rent"), option("On tides")],
                },
                {"type": "datepicker", "action_id": "since", "initial_date": "2025-03-04"},
            ],
        },
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("Useful"), "value": "good", "accessibility_label": "This answer was useful"},
                    "negative_button": {"text": plain("Not useful"), "value": "bad", "accessibility_label": "This answer was not useful"},
                }
            ],
        },
    ]


def field(label: str, element: dict, **more: object) -> dict:
    return {"type": "input", "block_id": element["action_id"], "label": plain(label), "element": element} | more


def form() -> dict:
    return {
        "type": "modal",
        "callback_id": "everything",
        "title": plain("Every input"),
        "submit": plain("Save"),
        "blocks": [
            {"type": "section", "text": mrkdwn("All of them, *once*.")},
            field("Title", {"type": "plain_text_input", "action_id": "title", "placeholder": plain("As printed"), "min_length": 3}),
            field("Text", {"type": "plain_text_input", "action_id": "text", "multiline": True}, optional=True, hint=plain("Paste the whole piece.")),
            field("Link", {"type": "url_text_input", "action_id": "link"}, optional=True),
            field("E-mail", {"type": "email_text_input", "action_id": "email"}, optional=True),
            field("Year", {"type": "number_input", "action_id": "year", "is_decimal_allowed": False, "min_value": "1900"}, optional=True),
            field(
                "Day",
                {"type": "static_select", "action_id": "day", "options": [option("Monday"), option("Friday")], "initial_option": option("Friday")},
            ),
            field(
                "Issues",
                {"type": "multi_static_select", "action_id": "issues", "options": [option("Rent"), option("Tides"), option("Grids")]},
                optional=True,
            ),
            field("Author", {"type": "external_select", "action_id": "author", "min_query_length": 1}, optional=True),
            field("People", {"type": "multi_users_select", "action_id": "people"}, optional=True),
            field("Channel", {"type": "conversations_select", "action_id": "channel"}, optional=True),
            field("Date", {"type": "datepicker", "action_id": "date"}, optional=True),
            field("Hour", {"type": "timepicker", "action_id": "hour", "initial_time": "09:00"}, optional=True),
            field("Parts", {"type": "checkboxes", "action_id": "parts", "options": [option("Voices"), option("Dissent")]}, optional=True),
            field(
                "How often",
                {"type": "radio_buttons", "action_id": "often", "options": [option("Daily"), option("Weekly")], "initial_option": option("Weekly")},
            ),
            field("File", {"type": "file_input", "action_id": "file", "filetypes": ["txt", "md"]}, optional=True),
        ],
    }
