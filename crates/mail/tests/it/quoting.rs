//! What a person wrote, apart from what was quoted.

use crate::data;

#[test]
fn replies_are_cut_as_a_person_would() {
    let Some(root) = data::folder("mail-dev") else { return };
    let (mut right, mut all) = (0, 0);
    for entry in std::fs::read_dir(root.join("reply-trim")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".in.txt") else {
            continue;
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let trimmed = mail::quote::trim(&text);
        nothing_is_lost(&text, &trimmed);
        let Ok(wanted) = std::fs::read_to_string(path.with_file_name(format!("{stem}.reply.txt"))) else {
            continue;
        };
        all += 1;
        if trimmed.visible.trim() == wanted.trim() {
            right += 1;
        } else {
            println!(
                "--- {stem}\n{}\n--- instead of\n{}",
                trimmed.visible.trim(),
                wanted.trim()
            );
        }
    }
    println!("{right} of {all} replies cut exactly");
    assert!(all >= 25 && right as f64 / all as f64 >= 0.95, "{right} of {all}");
}

#[test]
fn replies_in_html_are_cut_too() {
    let Some(root) = data::folder("mail-dev") else { return };
    let mut all = 0;
    for entry in std::fs::read_dir(root.join("reply-trim")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "html") {
            continue;
        }
        all += 1;
        let text = mail::html::to_text(&std::fs::read_to_string(&path).unwrap());
        let trimmed = mail::quote::trim(&text);
        nothing_is_lost(&text, &trimmed);
        let visible = &trimmed.visible;
        assert!(visible.starts_with("Hi. I am fine."), "{}: {visible}", path.display());
        assert!(visible.ends_with("Alex"), "{}: {visible}", path.display());
        assert!(
            !visible.contains("Hello! How are you?"),
            "{}: {visible}",
            path.display()
        );
        assert!(trimmed.rest.contains("Hello! How are you?"), "{}", path.display());
    }
    assert!(all >= 4, "{all} letters in HTML");
}

fn nothing_is_lost(text: &str, trimmed: &mail::quote::Trimmed) {
    let mut whole: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let both = format!("{}\n{}", trimmed.visible, trimmed.rest);
    let mut parts: Vec<&str> = both.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    whole.sort_unstable();
    parts.sort_unstable();
    assert_eq!(whole, parts, "a line was lost or doubled");
}

#[test]
fn common_programs() {
    for (text, visible) in [
        (
            "Thanks!\n\nOn Mon, Mar 2, 2026 at 9:15 AM Desk <desk@here.example> wrote:\n> Hello\n> there",
            "Thanks!",
        ),
        (
            "Merci !\n\nLe lun. 2 mars 2026 à 09:15, Soutien <soutien@ici.example> a écrit :\n> Bonjour",
            "Merci !",
        ),
        (
            "Merci\n\n-----Message d'origine-----\nDe : Soutien\nEnvoyé : lundi\nObjet : x\n\nBonjour",
            "Merci",
        ),
        (
            "Ça marche\n\nDe : Soutien <soutien@ici.example>\nEnvoyé : lundi 2 mars 2026 09:15\nÀ : Érable\nObjet : RE: x\n\nBonjour",
            "Ça marche",
        ),
        (
            "It works\n\n________________________________\nFrom: Desk <desk@here.example>\nSent: Monday\nTo: Cedar\nSubject: x\n\nHi",
            "It works",
        ),
        (
            "It works\n\nSent from my iPhone\n\n> On 2 Mar 2026, at 09:15, Desk <desk@here.example> wrote:\n>\n> Hello",
            "It works",
        ),
        ("Oui\n\nEnvoyé de mon iPhone", "Oui"),
        ("Yes.\n-- \nCedar\nPayroll office", "Yes."),
        (
            "> Is it on?\nYes.\n> Is it warm?\nNo.",
            "> Is it on?\nYes.\n> Is it warm?\nNo.",
        ),
        (
            "The error is:\nFrom: line 3\nnothing else",
            "The error is:\nFrom: line 3\nnothing else",
        ),
        ("I wrote: it fails", "I wrote: it fails"),
    ] {
        let trimmed = mail::quote::trim(text);
        assert_eq!(trimmed.visible, visible);
        nothing_is_lost(text, &trimmed);
    }
}

#[test]
fn long_texts_are_cut_quickly() {
    let start = std::time::Instant::now();
    for line in [
        "On 1 2 3 \"\n",
        "> x\n",
        "From: a\n",
        "\n",
        "wrote: 123\n",
        "__________\n",
    ] {
        mail::quote::trim(&line.repeat(50_000));
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
