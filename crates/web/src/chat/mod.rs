//! `/chat`: who waits, who talks, and one talk at a time. What both sides of a talk share (its lines, its stream, the
//! news that somebody types) is here; the visitor's own pages stand in `portal/chat`.

mod deeds;
mod exchange;
mod pane;
mod queue;
mod said;
mod stream;

pub(crate) use exchange::{Exchange, Side};
pub(crate) use said::{Said, said, typed};
pub(crate) use stream::{Ear, follow, note_presence};

use crate::routes::{Class, Gate, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/chat", Gate::Staff, queue::show),
        Route::post("/chat/share", Gate::Staff, deeds::set_share),
        Route::get("/chat/{number}", Gate::Staff, pane::show),
        Route::get("/chat/{number}/live", Gate::Staff, pane::live).class(Class::Stream),
        Route::post("/chat/{number}/take", Gate::Staff, deeds::take),
        Route::post("/chat/{number}/lines", Gate::Staff, pane::reply),
        Route::post("/chat/{number}/typing", Gate::Staff, deeds::typing).class(Class::Data),
        Route::post("/chat/{number}/hand-over", Gate::Staff, pane::hand_over),
        Route::post("/chat/{number}/end", Gate::Staff, deeds::end),
    ]
}
