//! What changed, word by word, as marks in the text. It is the text as it was written, Markdown and all, never run.

use desk::knowledge::{Edit, Stretch};

use crate::layout::Markup;

#[derive(askama::Template)]
#[template(
    source = "{% for (edit, text) in parts %}{% if *edit > 0 %}<ins>{{ text }}</ins>{% else if *edit < 0 %}<del>{{ text }}</del>{% else %}{{ text }}{% endif %}{% endfor %}",
    ext = "html"
)]
struct Marked<'a> {
    parts: Vec<(i8, &'a str)>,
}

/// The stretches of a text; nothing where nothing changed.
pub(super) fn marked(all: &[Stretch]) -> Markup {
    if all.iter().all(|one| one.edit == Edit::Same) {
        return Markup::default();
    }
    let sign = |edit: Edit| match edit {
        Edit::Same => 0,
        Edit::Inserted => 1,
        Edit::Deleted => -1,
    };
    let parts = all.iter().map(|one| (sign(one.edit), one.text.as_str())).collect();
    Markup::piece(&Marked { parts }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(edit: Edit, text: &str) -> Stretch {
        Stretch {
            edit,
            text: text.into(),
        }
    }

    #[test]
    fn words_are_marked_and_stay_words() {
        let all = [
            stretch(Edit::Same, "Wait "),
            stretch(Edit::Deleted, "<b>"),
            stretch(Edit::Inserted, "\"now\" & <script>"),
        ];
        assert_eq!(
            marked(&all).to_string(),
            "Wait <del>&#60;b&#62;</del><ins>&#34;now&#34; &#38; &#60;script&#62;</ins>"
        );
        assert!(marked(&all[..1]).is_empty() && marked(&[]).is_empty());
    }
}
