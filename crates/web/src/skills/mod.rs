//! `/team/skills`: what people can do, as they say and as their lead says; the one page of a self-assessment; skills of
//! the desk's own; certifications. Private to the person and to whoever leads him.

mod certifications;
mod list;
mod matrix;
mod own;
mod person;

use desk::competence::{Area, Level};

use crate::layout::Shell;
use crate::routes::{Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team/skills", Gate::Staff, matrix::show),
        Route::post("/team/skills/targets/{id}", Gate::Staff, matrix::set),
        Route::get("/team/skills/me", Gate::Staff, own::show),
        Route::post("/team/skills/me/begin", Gate::Staff, own::begin),
        Route::post("/team/skills/me/answer", Gate::Staff, own::answer),
        Route::post("/team/skills/me/finish", Gate::Staff, own::finish),
        Route::get("/team/skills/people/{id}", Gate::Staff, person::show),
        Route::post("/team/skills/people/{id}/level", Gate::Staff, person::level),
        Route::post("/team/skills/people/{id}/skill", Gate::Staff, person::skill),
        Route::post("/team/skills/certifications", Gate::Staff, certifications::add),
        Route::get("/team/skills/certifications/{id}", Gate::Staff, certifications::show),
        Route::post("/team/skills/certifications/{id}", Gate::Staff, certifications::edit),
        Route::post(
            "/team/skills/certifications/{id}/remove",
            Gate::Staff,
            certifications::remove,
        ),
        Route::post(
            "/team/skills/certifications/{id}/restore",
            Gate::Staff,
            certifications::restore,
        ),
        Route::get("/team/skills/list", Gate::Staff, list::show),
        Route::post("/team/skills/list", Gate::Staff, list::add),
        Route::get("/team/skills/list/{id}", Gate::Staff, list::one),
        Route::post("/team/skills/list/{id}", Gate::Staff, list::edit),
        Route::post("/team/skills/list/{id}/retire", Gate::Staff, list::retire),
        Route::post("/team/skills/list/{id}/restore", Gate::Staff, list::restore),
    ]
}

pub(super) fn area(shell: &Shell, area: Area) -> String {
    shell.t(&format!("area-{area}"))
}

/// `2 Intermediate`; a dash where nothing was said.
pub(super) fn level(shell: &Shell, level: Option<Level>) -> String {
    level.map_or_else(|| "–".to_string(), |level| shell.t(&format!("skills-level-{level}")))
}

/// Every level with its words, from `first` on.
pub(super) fn levels(shell: &Shell, first: usize) -> Vec<(String, String)> {
    let all = Level::ALL.iter().skip(first);
    all.map(|one| (one.to_string(), level(shell, Some(*one)))).collect()
}

pub(super) fn areas(shell: &Shell) -> Vec<(String, String)> {
    Area::ALL
        .iter()
        .map(|one| (one.to_string(), area(shell, *one)))
        .collect()
}
