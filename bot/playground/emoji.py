"""The emoji that this workspace can draw by name; any other name shows as `:name:`."""

from __future__ import annotations

_NAMED = """
+1 👍, thumbsup 👍, -1 👎, thumbsdown 👎, white_check_mark ✅, heavy_check_mark ✔️, x ❌, warning ⚠️,
eyes 👀, wave 👋, tada 🎉, bulb 💡, books 📚, book 📖, open_book 📖, newspaper 📰, bookmark 🔖, mag 🔍, memo 📝,
pencil2 ✏️, calendar 📅, date 📅, clock3 🕒, hourglass ⌛, hourglass_flowing_sand ⏳, link 🔗,
speech_balloon 💬, left_speech_bubble 🗨️, globe_with_meridians 🌐, bar_chart 📊,
chart_with_upwards_trend 📈, bell 🔔, no_bell 🔕, gear ⚙️, question ❓, heavy_plus_sign ➕,
heavy_minus_sign ➖, arrow_right ➡️, arrow_left ⬅️, information_source ℹ️, lock 🔒, wastebasket 🗑️,
inbox_tray 📥, outbox_tray 📤, scales ⚖️, balance_scale ⚖️, busts_in_silhouette 👥, bust_in_silhouette 👤,
sparkles ✨, pushpin 📌, heart ❤️, smile 😄, slightly_smiling_face 🙂, thinking_face 🤔, pray 🙏,
raised_hands 🙌, 100 💯, fire 🔥, rocket 🚀, hammer_and_wrench 🛠️, file_folder 📁, page_facing_up 📄
"""

EMOJI: dict[str, str] = dict(pair.strip().split(" ", 1) for pair in _NAMED.split(","))
