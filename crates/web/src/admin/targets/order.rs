//! One place up or down, out of use and back.

use axum::extract::Path;
use desk::sla;
use desk::{Context, PolicyId, Write};

use super::super::door::to;
use super::super::visit::Visit;
use super::LIST;
use crate::http::Outcome;

pub(in crate::admin) async fn up(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let moved = move |tx: &mut Write, cx: &Context| sla::move_policy(tx, cx, PolicyId(id), true);
    deed(&visit, moved, format!("{LIST}?saved=true")).await
}

pub(in crate::admin) async fn down(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let moved = move |tx: &mut Write, cx: &Context| sla::move_policy(tx, cx, PolicyId(id), false);
    deed(&visit, moved, format!("{LIST}?saved=true")).await
}

pub(in crate::admin) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let retired = move |tx: &mut Write, cx: &Context| sla::retire(tx, cx, PolicyId(id));
    deed(&visit, retired, format!("{LIST}?gone={id}")).await
}

pub(in crate::admin) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let restored = move |tx: &mut Write, cx: &Context| sla::restore(tx, cx, PolicyId(id));
    deed(&visit, restored, format!("{LIST}?saved=true")).await
}

async fn deed(
    visit: &Visit,
    body: impl FnOnce(&mut Write, &Context) -> desk::Result<()> + Send + 'static,
    next: String,
) -> Outcome {
    let (desk, cx) = (visit.state.desk(), visit.admin.cx.clone());
    let oops = |e| visit.admin.oops(e);
    desk.write(move |tx| body(tx, &cx)).await.map_err(oops)?;
    desk.reload_house().await.map_err(oops)?;
    to(&next)
}
