//! `/metrics`: what a monitoring system reads of the desk.

use axum::http::{Method, StatusCode};
use desk::mailboxes::DeskReceiver;
use mail::smtp::{Receiver, Refusal};

use crate::stand::{Ask, Stand};

#[tokio::test]
async fn what_the_doors_turned_away_is_among_the_numbers() {
    let stand = Stand::new();
    let options = web::Options {
        metrics_token: Some("reads-numbers".into()),
        ..web::Options::default()
    };
    let app = web::app(web::State::new(stand.desk.clone(), options));
    let ask = || Ask::new(Method::GET, "/metrics");
    assert_eq!(stand.ask_app(&app, ask()).await.status, StatusCode::NOT_FOUND);
    let numbers = async || stand.ask_app(&app, ask().bearer("reads-numbers")).await.text();
    web::start_counting();
    let before = numbers().await;
    assert!(before.contains("firstline_letters_held 0"), "{before}");
    assert!(!before.contains("firstline_door_refused_total"), "{before}");
    let door = DeskReceiver::new(stand.desk.clone());
    for refusal in [Refusal::Stranger, Refusal::Size, Refusal::Stranger] {
        door.turned_away(refusal, [192, 0, 2, 1].into());
    }
    let said = numbers().await;
    for line in [
        "firstline_door_refused_total{kind=\"stranger\"} 2",
        "firstline_door_refused_total{kind=\"size\"} 1",
    ] {
        assert!(said.contains(line), "{said}");
    }
}
