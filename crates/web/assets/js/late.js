// What a page needs only when somebody looks for something, chooses a file or writes. It leaves as one script, like
// app.js: small files pack badly.
import ask from "js/ask"
import combo from "js/combo"
import device from "js/device"
import files from "js/files"
import outbox from "js/outbox"
import * as palette from "js/palette"
import write from "js/write"
export { ask, combo, device, files, outbox, palette, write }
