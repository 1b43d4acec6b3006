//! HTML, made safe: as mail programs write it, and as somebody wrote it who means harm.

use crate::report::{Figure, Figures, Held};
use crate::texts;
use crate::weigh::{Cost, LONGEST, MOST_MIB, NOTHING, cost};
use crate::worst;

/// Ten million bytes are shown as text; the other is about the most that is laid out.
const SIZES: [(usize, [&str; 2]); 2] = [
    (10_000_000, ["10 MB of ordinary HTML made safe", "and held for it"]),
    (3_100_000, ["3 MB of ordinary HTML made safe", "and held for that"]),
];

pub(crate) fn measure(figures: &mut Figures) {
    let page = texts::html();
    let (_, table) = page.split_once("<body lang=FR>").expect("a body");
    let (table, _) = table.split_once("</table>").expect("a table");
    for (size, names) in SIZES {
        let html = format!("{table}</table>").repeat(size / table.len() - 1);
        let is_laid_out = mail::html::clean(&html).html.contains("<table");
        assert_eq!(is_laid_out, size < 10_000_000, "control: what is measured");
        add(figures, names, made_safe("ordinary", &html));
    }
    let all = worst::html();
    let hostile = all.iter().map(|(name, html)| made_safe(name, html));
    add(
        figures,
        ["hostile HTML made safe, the slowest", "and held at the most"],
        hostile.fold(NOTHING, Cost::or),
    );
}

/// Makes something of HTML; how long it became.
type Way = fn(&str) -> usize;

/// As a part of our page, as a frame of its own, as Markdown and as words: the dearest of the four.
fn made_safe(name: &str, html: &str) -> Cost {
    let ways: [(&str, Way); 4] = [
        ("page", |html| mail::html::clean(html).html.len()),
        ("frame", |html| mail::html::frame(html, |_| None).len()),
        ("Markdown", |html| {
            mail::html::to_markdown(html).map_or(0, |text| text.len())
        }),
        ("text", |html| mail::html::to_text(html).len()),
    ];
    let each = ways.map(|(how, make)| {
        let one = cost(|| make(html));
        if one.took > LONGEST / 4.0 || one.held_mib > MOST_MIB / 2.0 {
            println!(
                "    {name}, {} bytes, as {how}: {:.0} ms, {:.1} MiB",
                html.len(),
                one.took,
                one.held_mib
            );
        }
        one
    });
    each.into_iter().fold(NOTHING, Cost::or)
}

fn add(figures: &mut Figures, [took, held]: [&'static str; 2], cost: Cost) {
    figures.add(Figure::new(took, "ms", cost.took).budget(LONGEST).held(Held::InFull));
    figures.add(
        Figure::new(held, "MiB", cost.held_mib)
            .budget(MOST_MIB)
            .held(Held::Always),
    );
}
