//! The desk's own sign: an administrator keeps it, everybody sees it, and what is no picture changes nothing.

use axum::http::StatusCode;

use super::company::Company;

/// A WebP of 64 by 32 pixels, as far as its first bytes say.
const PICTURE: &str = "RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\0\0\x1f\0\0";

fn address(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("<img class=\"own-mark\" src=\"")?;
    Some(rest.split('"').next()?.to_string())
}

#[tokio::test]
async fn a_logo_is_kept_shown_to_everybody_taken_away_and_had_back() {
    let company = Company::new();
    assert_eq!(address(&company.get(company.payroll, "/en").await.body), None);
    let kept = company
        .send(
            company.admin,
            "/admin/brand/logo",
            &[("files", Some("mill.webp"), PICTURE)],
        )
        .await;
    assert_eq!(kept.location(), "/admin/brand?saved=true");
    let portal = company.get(company.payroll, "/en").await;
    let path = address(&portal.body).expect("on the portal");
    assert!(portal.has("width=\"64\" height=\"32\""), "{}", portal.body);
    assert_eq!(
        address(&company.get(company.cedar, "/inbox/mine").await.body).as_ref(),
        Some(&path)
    );
    let picture = company.get(company.payroll, &path).await;
    assert_eq!((picture.status, picture.body.as_str()), (StatusCode::OK, PICTURE));
    assert_eq!(picture.headers["content-type"], "image/webp");
    let other = path.replace("/brand/", "/brand/0");
    assert_eq!(company.get(company.payroll, &other).await.status, StatusCode::NOT_FOUND);

    let gone = company.post(company.admin, "/admin/brand/logo/remove", &[]).await;
    assert_eq!(gone.location(), "/admin/brand?removed=true");
    let page = company.get(company.admin, gone.location()).await;
    assert!(page.has("/admin/brand/logo/restore") && address(&page.body).is_none());
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::NOT_FOUND);
    company.post(company.admin, "/admin/brand/logo/restore", &[]).await;
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_the_old_one_stays() {
    let company = Company::new();
    let send =
        async |files: &[(&str, Option<&str>, &str)]| company.send(company.admin, "/admin/brand/logo", files).await;
    send(&[("files", Some("mill.webp"), PICTURE)]).await;
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let large = format!("{PICTURE}{}", "x".repeat(100 * 1024));
    for (name, content, said) in [
        ("mill.svg", drawing, "This is no picture we can show."),
        ("mill.png", "words", "This is no picture we can show."),
        ("mill.webp", large.as_str(), "larger than 100 KB"),
    ] {
        let answer = send(&[("files", Some(name), content)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(
            answer.has(said) && answer.has("href=\"#files\""),
            "{name}: {}",
            answer.body
        );
    }
    let none = send(&[("files", Some(""), "")]).await;
    assert!(none.has("Choose a picture first."), "{}", none.body);
    assert!(address(&company.get(company.payroll, "/en").await.body).is_some());
}

#[tokio::test]
async fn no_picture_stands_under_the_name_of_another() {
    let company = Company::new();
    company
        .send(
            company.admin,
            "/admin/brand/logo",
            &[("files", Some("mill.webp"), PICTURE)],
        )
        .await;
    let path = address(&company.get(company.payroll, "/en").await.body).expect("on the portal");
    // Another node has changed it, and this one has not heard of it yet.
    let other = company.as_person(company.admin, |tx, _| {
        Ok(tx.exec("UPDATE logo SET sha256 = 'other'", &[])?)
    });
    assert_eq!(other, Ok(1));
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::NOT_FOUND);
}
