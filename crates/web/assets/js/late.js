// What a page needs only when somebody looks for something, chooses a file or writes. It leaves as one script, like
// app.js: small files pack badly.
import ask from "js/ask"
import combo from "js/combo"
import fields from "js/fields"
import files from "js/files"
import * as palette from "js/palette"
import quick from "js/quick"
import write from "js/write"
export { ask, combo, fields, files, palette, quick, write }
