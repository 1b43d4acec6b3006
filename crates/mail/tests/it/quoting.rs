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

/// What programs write above a quotation, in the languages they speak.
const ATTRIBUTIONS: &[&str] = &[
    "On Mon, Mar 2, 2026 at 9:15 AM Desk <desk@here.example> wrote:",
    "Le lun. 2 mars 2026 à 09:15, Soutien <soutien@ici.example> a écrit :",
    "Le 2 mars 2026 à 09:15, Soutien a écrit :",
    "Am 02.03.2026 um 09:15 schrieb Hilfe <hilfe@hier.example>:",
    "Am Mo., 2. März 2026 um 09:15 Uhr schrieb Hilfe <hilfe@hier.example>:",
    "El lun, 2 mar 2026 a las 9:15, Ayuda (<ayuda@aqui.example>) escribió:",
    "Il giorno lun 2 mar 2026 alle ore 09:15 Aiuto <aiuto@qui.example> ha scritto:",
    "Op ma 2 mrt 2026 om 09:15 schreef Hulp <hulp@hier.example>:",
    "Em seg., 2 de mar. de 2026 às 09:15, Ajuda <ajuda@aqui.example> escreveu:",
    "pon., 2 mar 2026 o 09:15 Pomoc <pomoc@tutaj.example> napisał(a):",
    "W dniu 2.03.2026 o 09:15, Pomoc pisze:",
    "пн, 2 мар. 2026 г. в 09:15, Помощь <help@here.example>:",
    "2 марта 2026 г., в 09:15, Помощь <help@here.example> написал(а):",
    "Den mån 2 mars 2026 kl 09:15 skrev Hjälp <hjalp@har.example>:",
    "Den man. 2. mar. 2026 kl. 09.15 skrev Hjælp <hjaelp@her.example>:",
    "man. 2. mars 2026 kl. 09:15 skrev Hjelp <hjelp@her.example>:",
    "ma 2. maalisk. 2026 klo 9.15 Apu <apu@taalla.example> kirjoitti:",
    "2026年3月2日(月) 9:15 サポート <desk@here.example>:",
    "サポート <desk@here.example> 于2026年3月2日周一 09:15写道：",
    "在 2026年3月2日，09:15，支持 <desk@here.example> 写道：",
];

#[test]
fn quotations_are_known_in_many_languages() {
    for attribution in ATTRIBUTIONS {
        for quote in ["> old words\n> more", "old words\nmore"] {
            let text = format!("It works.\nSee you on 2 March 2026.\n\n{attribution}\n\n{quote}");
            let trimmed = mail::quote::trim(&text);
            nothing_is_lost(&text, &trimmed);
            assert_eq!(trimmed.visible, "It works.\nSee you on 2 March 2026.", "{attribution}");
        }
    }
}
