//! `/me`: what a person sets for himself: language, theme, keys, password; where he is signed in; tokens for his
//! programs.

mod deeds;
mod keys;
mod show;

use crate::routes::{Gate, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/me", Gate::SignedIn, show::show),
        Route::get("/me/keys", Gate::Staff, keys::show),
        Route::get("/me/keys/sheet", Gate::Staff, keys::sheet),
        Route::post("/me/keys", Gate::Staff, keys::set),
        Route::post("/me/preferences", Gate::SignedIn, deeds::preferences),
        Route::post("/me/language", Gate::SignedIn, deeds::language),
        Route::post("/me/password", Gate::SignedIn, deeds::password),
        Route::post("/me/sessions/{id}/end", Gate::SignedIn, deeds::end_session),
        Route::post("/me/tokens", Gate::SignedIn, deeds::add_token),
        Route::post("/me/tokens/{id}/revoke", Gate::SignedIn, deeds::revoke_token),
    ]
}
