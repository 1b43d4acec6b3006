// What a page needs only when somebody looks for something, chooses a file or writes. It leaves as one script, like
// app.js: small files pack badly.
import ask from "js/ask"
import combo from "js/combo"
import device from "js/device"
import fields from "js/fields"
import files from "js/files"
import outbox from "js/outbox"
import * as palette from "js/palette"
import quick from "js/quick"
import write from "js/write"
export { ask, combo, device, fields, files, outbox, palette, quick, write }
