//! The behaviours of a page as one script. In the source each is a module of its own; sent one by one they cost
//! fourteen requests and 3 KB more on a first visit, since small files pack badly.
//!
//! Only the forms of `import` and `export` that `assets/js` uses are known, each on a line of its own. A module becomes
//! a function that runs once and gives back what it exports: `const $part = (() => { ... return { default: $default } })()`.

use std::fmt::Write;

/// The module that starts the page; it has a name of its own, so that it is never loaded twice.
const START: &str = "app";
/// The module that brings what is needed later.
const LATE: &str = "late";

/// `app.js` with all it imports, those first that others need. `text` gives a module's source by its name.
pub(super) fn joined(text: &impl Fn(&str) -> String) -> String {
    let page = page(text);
    let mut out = page.imports();
    let _ = write!(out, "{}export {{ {} }}", page.body, dollars(&page.known));
    out
}

/// `late.js` with all it imports, but for what the page has already: that is taken from there.
pub(super) fn joined_late(text: &impl Fn(&str) -> String) -> String {
    let mut late = Joined {
        page: page(text).known,
        ..Joined::new(text)
    };
    late.add(LATE);
    let mut out = late.imports();
    let _ = writeln!(out, "import {{ {} }} from \"js/{START}.js\"", dollars(&late.taken));
    out + &late.body
}

fn page<F: Fn(&str) -> String>(text: &F) -> Joined<'_, F> {
    let mut page = Joined::new(text);
    page.add(START);
    page
}

fn dollars(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("${name}")).collect();
    names.join(", ")
}

/// A module that is loaded when it is needed: what it shares with the page it takes from there.
pub(super) fn attached(source: &str) -> String {
    let mut out = String::new();
    for line in source.lines() {
        let Some(import) = Import::parse(line) else {
            let _ = writeln!(out, "{line}");
            continue;
        };
        if let Place::Own(name) = import.from {
            let _ = writeln!(out, "import {{ ${name} }} from \"js/{START}.js\"");
            let _ = writeln!(out, "{}", import.binding());
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

struct Joined<'t, F> {
    text: &'t F,
    vendors: Vec<String>,
    known: Vec<String>,
    /// What the page has already, and what of it is needed here.
    page: Vec<String>,
    taken: Vec<String>,
    body: String,
}

impl<'t, F: Fn(&str) -> String> Joined<'t, F> {
    fn new(text: &'t F) -> Joined<'t, F> {
        Joined {
            text,
            vendors: Vec::new(),
            known: Vec::new(),
            page: Vec::new(),
            taken: Vec::new(),
            body: String::new(),
        }
    }

    fn imports(&self) -> String {
        let import = |vendor: &String| format!("import * as ${vendor} from \"vendor/{vendor}\"\n");
        self.vendors.iter().map(import).collect()
    }

    fn add(&mut self, name: &str) {
        let source = (self.text)(name);
        let (mut bindings, mut body, mut exports) = (String::new(), String::new(), Vec::new());
        for line in source.lines() {
            if let Some(import) = Import::parse(line) {
                self.need(&import.from);
                let _ = writeln!(bindings, "{}", import.binding());
            } else if name == LATE {
                let _ = writeln!(body, "{line}");
            } else {
                let _ = writeln!(body, "{}", exported(line, &mut exports));
            }
        }
        if name == START || name == LATE {
            self.body += &(bindings + &body);
            return;
        }
        let exports = exports.join(", ");
        let _ = writeln!(
            self.body,
            "const ${name} = (() => {{\n{bindings}{body}return {{ {exports} }}\n}})()"
        );
        self.known.push(name.to_string());
    }

    fn need(&mut self, place: &Place<'_>) {
        match place {
            Place::Vendor(name) if !self.vendors.iter().any(|known| known == name) => {
                self.vendors.push((*name).to_string());
            }
            Place::Own(name) if self.page.iter().any(|had| had == name) => {
                let new = !self.taken.iter().any(|taken| taken == name);
                self.taken.extend(new.then(|| (*name).to_string()));
            }
            Place::Own(name) if !self.known.iter().any(|known| known == name) => self.add(name),
            _ => {}
        }
    }
}

/// The line without `export`; what it exports goes to `names`.
fn exported(line: &str, names: &mut Vec<String>) -> String {
    let Some(rest) = line.strip_prefix("export ") else {
        return line.to_string();
    };
    if let Some(value) = rest.strip_prefix("default ") {
        names.push("default: $default".to_string());
        return format!("const $default = {value}");
    }
    let after = rest.strip_prefix("async ").unwrap_or(rest);
    let after = after
        .strip_prefix("function ")
        .or_else(|| after.strip_prefix("const "))
        .unwrap_or(after);
    let end = after
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(after.len());
    names.push(after[..end].to_string());
    rest.to_string()
}

/// Where a module comes from.
#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    Own(&'a str),
    Vendor(&'a str),
}

/// `import what from "place"`, or `import "place"`.
struct Import<'a> {
    what: &'a str,
    from: Place<'a>,
}

impl<'a> Import<'a> {
    fn parse(line: &'a str) -> Option<Import<'a>> {
        let rest = line.strip_prefix("import ")?;
        let (what, place) = rest.split_once(" from ").unwrap_or(("", rest));
        let place = place.trim().trim_matches('"');
        let from = match place.split_once('/')? {
            ("js", name) => Place::Own(name),
            ("vendor", name) => Place::Vendor(name),
            _ => return None,
        };
        Some(Import { what, from })
    }

    /// The same names, taken from the module's function.
    fn binding(&self) -> String {
        let name = match self.from {
            Place::Own(name) | Place::Vendor(name) => name,
        };
        if self.what.is_empty() {
            String::new()
        } else if let Some(all) = self.what.strip_prefix("* as ") {
            format!("const {all} = ${name}")
        } else if self.what.starts_with('{') {
            format!("const {} = ${name}", self.what.replace(" as ", ": "))
        } else {
            format!("const {} = ${name}.default", self.what)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str) -> String {
        match name {
            "app" => "import \"js/trust\"\nimport * as Turbo from \"vendor/turbo\"\nimport Live from \"js/live\"\nstart(Live)\n",
            "trust" => "export async function fragment(text) {\nreturn text\n}\n",
            "live" => "import Part from \"js/part\"\nimport { navigator as turbo, session } from \"vendor/turbo\"\nexport default class extends Part {\n}\n",
            "late" => "import find from \"js/find\"\nimport Again from \"js/again\"\nexport { find, Again }\n",
            "find" => "import Part from \"js/part\"\nexport default class extends Part {\n}\n",
            "again" => "import Part from \"js/part\"\nimport Find from \"js/find\"\nexport default class extends Find {\n}\n",
            "part" => "import { Controller } from \"vendor/stimulus\"\nexport default class extends Controller {\n}\n",
            other => panic!("{other} is asked for"),
        }
        .to_string()
    }

    #[test]
    fn what_others_need_comes_first_and_once() {
        let all = joined(&sample);
        let at = |words: &str| all.find(words).unwrap_or_else(|| panic!("no {words} in {all}"));
        assert!(at("import * as $turbo from \"vendor/turbo\"") < at("const $trust"));
        assert!(at("const $part") < at("const $live") && at("const $live") < at("start(Live)"));
        assert_eq!(all.matches("import * as $turbo").count(), 1);
        assert!(all.contains("const { navigator: turbo, session } = $turbo"));
        assert!(all.contains("const Part = $part.default\nconst"));
        assert!(all.contains("const $default = class extends Part {"));
        assert!(all.contains("async function fragment(text) {\nreturn text\n}\nreturn { fragment }"));
        assert!(all.ends_with("export { $trust, $part, $live }"));
        assert_eq!(
            all.matches("\nimport ").count() + all.matches("\nexport ").count(),
            2,
            "{all}"
        );
    }

    #[test]
    fn what_comes_late_is_one_too_and_takes_from_the_page_what_it_has() {
        assert_eq!(
            joined_late(&sample),
            "import { $part } from \"js/app.js\"\n\
             const $find = (() => {\nconst Part = $part.default\nconst $default = class extends Part {\n}\n\
             return { default: $default }\n})()\n\
             const $again = (() => {\nconst Part = $part.default\nconst Find = $find.default\n\
             const $default = class extends Find {\n}\nreturn { default: $default }\n})()\n\
             const find = $find.default\nconst Again = $again.default\nexport { find, Again }\n"
        );
    }

    #[test]
    fn a_module_that_comes_later_shares_what_the_page_has() {
        let late = attached(
            "import Part from \"js/part\"\nimport { session } from \"vendor/turbo\"\nexport default class extends Part {\n}\n",
        );
        assert_eq!(
            late,
            "import { $part } from \"js/app.js\"\nconst Part = $part.default\nimport { session } from \"vendor/turbo\"\n\
             export default class extends Part {\n}\n"
        );
    }
}
