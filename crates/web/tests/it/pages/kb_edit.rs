//! Writing articles: a new one, its passages, and two people who write in one text.

use axum::http::StatusCode;
use desk::knowledge::{Texts, mark};

use super::company::Company;
use super::kb::{drafted, presses, published, rewritten, value_of};

#[tokio::test]
async fn a_new_article_needs_a_title_and_keeps_what_was_typed() {
    let company = Company::new();
    let form = company.get(company.cedar, "/kb/new?title=projector+lamp&lang=fr").await;
    assert!(
        form.has("name=\"title_fr\" lang=\"fr-CA\" maxlength=\"250\" autocomplete=\"off\" value=\"projector lamp\"")
    );
    let empty = company
        .post(
            company.cedar,
            "/kb",
            &[("title_en", " "), ("text_en", "Turn it off."), ("audience", "public")],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("Turn it off.</textarea>") && empty.has("href=\"#title_en\""));
    let fields = [
        ("title_en", "The lamp"),
        ("text_en", "Turn it off."),
        ("audience", "public"),
    ];
    let edit = presses(&company, company.cedar, "/kb", &fields).await;
    assert!(edit.has("value=\"The lamp\"") && edit.has("Turn it off.</textarea>"));
    assert!(
        edit.has(&format!("data-draft-key-value=\"{}:kb-1\"", company.cedar)),
        "typed words stay on the device"
    );
}

#[tokio::test]
async fn words_are_kept_and_what_was_not_touched_stays() {
    let company = Company::new();
    let id = published(&company);
    let name = format!("t.2.fr.{}", mark("Attendez le point."));
    let form = company.get(company.larch, &format!("/kb/{id}/edit")).await;
    assert!(form.has(&format!("name=\"{name}\"")));
    let fields = [(name.as_str(), "Attendez le point vert."), ("note", "point")];
    let page = presses(&company, company.larch, &format!("/kb/{id}/edit"), &fields).await;
    assert!(page.has("Attendez le point vert.") && page.has("Wait for the dot."));
    assert!(page.has("class=\"toast\"") && page.has("point"));
    let back = presses(
        &company,
        company.larch,
        &format!("/kb/{id}/undo"),
        &[("event", &value_of(&page, "event"))],
    )
    .await;
    assert!(back.has("Attendez le point.") && !back.has("point vert"));
}

#[tokio::test]
async fn two_who_change_one_text_see_both_and_nothing_is_lost() {
    let company = Company::new();
    let id = drafted(&company);
    let name = format!("t.2.en.{}", mark("Wait for the dot."));
    let other = format!("t.1.fr.{}", mark("## Étapes\n\nAppuyez sur **Se connecter**."));
    rewritten(
        &company,
        company.larch,
        id,
        2,
        Texts::new("Theirs <i>.", "Attendez le point."),
    );
    let path = format!("/kb/{id}/edit");
    let fields = [(name.as_str(), "Mine <b>."), (other.as_str(), "Mes étapes")];
    let clash = company.post(company.cedar, &path, &fields).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(clash.has("Larch wrote this meanwhile:") && clash.has("Theirs &#60;i&#62;."));
    assert!(
        clash.has("Mine &#60;b&#62;.</textarea>") && clash.has("Mes étapes</textarea>") && clash.has("data-returned")
    );
    let still = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(!still.has("Mes étapes"), "nothing is kept before somebody has chosen");
    // What he saves now, he means: the field names the words he was shown.
    let meant = format!("t.2.en.{}", mark("Theirs <i>."));
    assert!(clash.has(&format!("name=\"{meant}\"")));
    let fields = [(meant.as_str(), "Both."), (other.as_str(), "Mes étapes")];
    let page = presses(&company, company.cedar, &path, &fields).await;
    assert!(page.has("Both.") && page.has("Mes étapes"));
}

#[tokio::test]
async fn passages_are_added_moved_and_taken_out_and_typed_words_go_along() {
    let company = Company::new();
    let id = drafted(&company);
    let path = format!("/kb/{id}/edit");
    let name = format!("t.2.en.{}", mark("Wait for the dot."));
    let fields = [(name.as_str(), "Wait longer."), ("then", "up.2")];
    let moved = presses(&company, company.cedar, &path, &fields).await;
    let at = |words: &str| moved.body.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(
        at("Wait longer.") < at("Press **Connect**."),
        "moved, and the words were kept"
    );
    let added = presses(&company, company.cedar, &path, &[("then", "add.0")]).await;
    assert!(added.has("id=\"passage-4\""));
    let out = presses(&company, company.cedar, &path, &[("then", "out.4")]).await;
    assert!(!out.has("id=\"passage-4\"") && out.has("name=\"at\" value=\"edit\""));
    let undo = [("event", value_of(&out, "event")), ("at", "edit".to_string())];
    let undo: Vec<(&str, &str)> = undo.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let back = presses(&company, company.cedar, &format!("/kb/{id}/undo"), &undo).await;
    assert!(back.has("id=\"passage-4\""));
    let end = company.post(company.cedar, &path, &[("then", "down.3")]).await;
    assert_eq!(end.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn words_for_a_passage_that_was_taken_out_come_back_to_be_copied() {
    let company = Company::new();
    let id = drafted(&company);
    company
        .as_person(company.larch, move |tx, cx| {
            desk::knowledge::remove_passage(tx, cx, id, desk::PassageId(2))
        })
        .unwrap();
    let name = format!("t.2.en.{}", mark("Wait for the dot."));
    let late = company
        .post(company.cedar, &format!("/kb/{id}/edit"), &[(name.as_str(), "My words")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("name=\"gone.2.en\"") && late.has("My words</textarea>"));
}

#[tokio::test]
async fn a_preview_shows_what_a_reader_sees_and_keeps_nothing() {
    let company = Company::new();
    let id = drafted(&company);
    let name = format!("t.2.en.{}", mark("Wait for the dot."));
    let fields = [(name.as_str(), "Wait **now** <script>"), ("then", "look")];
    let look = company.post(company.cedar, &format!("/kb/{id}/edit"), &fields).await;
    assert_eq!(look.status, StatusCode::OK);
    assert!(look.has("As a reader sees it") && look.has("<strong>now</strong>") && !look.has("<script>\n"));
    assert!(look.has("Wait **now** &#60;script&#62;</textarea>"));
    assert!(
        !company
            .get(company.cedar, &format!("/kb/{id}"))
            .await
            .has("<strong>now</strong>")
    );
}

#[tokio::test]
async fn a_link_that_leads_nowhere_is_told() {
    let company = Company::new();
    let id = drafted(&company);
    let links = format!("[here](kb:{id}) [there](kb:99) [fine](https://example.org)");
    rewritten(&company, company.cedar, id, 2, Texts::new(&links, "x"));
    let page = company.get(company.cedar, &format!("/kb/{id}")).await;
    assert!(
        page.has("This link leads to the article itself.") && page.has("This link leads to nothing that is there.")
    );
    assert!(page.has(&format!("href=\"/kb/{id}\"")) && page.has("href=\"https://example.org"));
}
