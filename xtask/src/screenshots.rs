//! A folder of current pictures: every page of the real desk, light and dark, on a desk, a telephone and a very narrow
//! screen, in both languages, taken while the accessibility suite walks them. One page shows them all, to be looked at
//! beside the design's.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::steps;

pub fn run(place: &Place) -> Result<()> {
    let folder = place.target().join("screenshots");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    steps::pictures(place, &folder)?;
    let names = pictures_in(&folder)?;
    if names.is_empty() {
        bail!("no picture was taken: does the suite of the pages still keep them?");
    }
    fs::write(folder.join("index.html"), gallery(&names))?;
    println!("{} pictures: {}", names.len(), folder.join("index.html").display());
    Ok(())
}

fn pictures_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    Ok(pictures_of(
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()),
    ))
}

fn pictures_of(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut pictures: Vec<_> = names.filter(|name| name.ends_with(".png")).collect();
    pictures.sort();
    pictures
}

/// One under the other, each with its name.
fn gallery(names: &[String]) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Firstline, page by page</title>\n\
         <style>body{font:14px sans-serif;margin:2rem}figure{display:inline-block;margin:0 1rem 2rem 0;vertical-align:top}\
         img{max-width:44rem;border:1px solid #ccc}</style>\n",
    );
    for name in names {
        let title = name.trim_end_matches(".png");
        let _ = writeln!(
            page,
            "<figure><figcaption>{title}</figcaption><a href=\"{name}\"><img src=\"{name}\" alt=\"{title}\" loading=\"lazy\"></a></figure>"
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gallery_shows_every_picture_and_nothing_else() {
        let found = ["b-en-light-desk.png", "a-fr-dark-phone.png", "notes.txt"].map(String::from);
        let names = pictures_of(found.into_iter());
        assert_eq!(names, ["a-fr-dark-phone.png", "b-en-light-desk.png"]);
        let page = gallery(&names);
        assert_eq!(page.matches("<img").count(), 2, "{page}");
        assert!(page.contains("alt=\"a-fr-dark-phone\""), "{page}");
    }
}
