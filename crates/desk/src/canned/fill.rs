//! Variables in a text: `{{requester}}` becomes the requester's name. Pure; what is filled in is not read again, so a
//! subject with braces in it stays a subject.

db::text_enum! {
    pub enum Variable {
        Requester => "requester",
        FirstName => "first-name",
        Number => "number",
        Subject => "subject",
        Technician => "technician",
        Team => "team",
        Desk => "desk",
        Link => "link",
    }
}

/// What stands for the variables of one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub requester: String,
    pub number: String,
    pub subject: String,
    pub technician: String,
    /// The ticket's team; the desk's name when no team has it.
    pub team: String,
    pub desk: String,
    /// The request on the portal; empty while the desk has no public address.
    pub link: String,
}

impl Values {
    fn of(&self, variable: Variable) -> &str {
        match variable {
            Variable::Requester => &self.requester,
            Variable::FirstName => self.requester.split_whitespace().next().unwrap_or_default(),
            Variable::Number => &self.number,
            Variable::Subject => &self.subject,
            Variable::Technician => &self.technician,
            Variable::Team => &self.team,
            Variable::Desk => &self.desk,
            Variable::Link => &self.link,
        }
    }
}

/// A piece of a text: words as they are, or the name of a variable with the braces around it.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Words(&'t str),
    Name { name: &'t str, whole: &'t str },
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let Some(end) = rest[at..].find("}}").map(|end| at + end) else {
            break;
        };
        // The innermost pair: `{{{{desk}}` has two braces too many in front.
        let start = rest[..end].rfind("{{").unwrap_or(at);
        let name = rest[start + 2..end].trim();
        pieces.push(Piece::Words(&rest[..start]));
        let whole = &rest[start..end + 2];
        pieces.push(if name.is_empty() || name.contains('\n') {
            Piece::Words(whole)
        } else {
            Piece::Name { name, whole }
        });
        rest = &rest[end + 2..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// The text with its variables filled; one that is unknown stays as it was written.
pub fn fill(text: &str, values: &Values) -> String {
    let filled = pieces(text).into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Name { name, whole } => Variable::parse(name).map_or(whole, |variable| values.of(variable)),
    });
    filled.collect()
}

/// The variables of a text that the desk does not know, as they were written, each once.
pub fn unknown(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Name { name, whole } = piece
            && Variable::parse(name).is_none()
            && !names.iter().any(|known| known == whole)
        {
            names.push(whole.to_string());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values {
            requester: "Payroll office".into(),
            number: "1042".into(),
            subject: "{{desk}} is slow".into(),
            technician: "Cedar".into(),
            team: "Counter".into(),
            desk: "Help".into(),
            link: "https://desk.example/en/requests/1042".into(),
        }
    }

    #[test]
    fn every_variable_is_filled_once() {
        for (text, filled) in [
            ("Hello {{first-name}},", "Hello Payroll,"),
            ("{{ requester }}: #{{number}}", "Payroll office: #1042"),
            ("{{subject}}", "{{desk}} is slow"),
            ("{{technician}}, {{team}}, {{desk}}", "Cedar, Counter, Help"),
            ("{{link}}", "https://desk.example/en/requests/1042"),
            ("{{nobody}} {{}} {{desk", "{{nobody}} {{}} {{desk"),
            ("{{{{desk}}}}", "{{Help}}"),
            ("{\u{2019}} {{\n}}", "{\u{2019}} {{\n}}"),
        ] {
            assert_eq!(fill(text, &values()), filled, "{text}");
        }
        let all: String = Variable::ALL.iter().map(|v| format!("{{{{{v}}}}}")).collect();
        assert!(unknown(&all).is_empty());
    }

    #[test]
    fn what_is_unknown_is_named() {
        assert_eq!(
            unknown("{{surname}} {{desk}} {{ surname }} {{surname}}"),
            ["{{surname}}", "{{ surname }}"]
        );
        assert!(unknown("no {{ braces").is_empty());
    }
}
