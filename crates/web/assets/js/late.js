// What a page needs only when somebody looks for a person, chooses a file or writes. It leaves as one script, like
// app.js: small files pack badly.
import combo from "js/combo"
import files from "js/files"
import write from "js/write"
export { combo, files, write }
