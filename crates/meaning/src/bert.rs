//! The forward pass of BERT (Devlin et al. 2019; Vaswani et al. 2017): pieces in, a row of numbers for each out.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice, concatenate};
use serde::Deserialize;

use crate::folder::{CONFIG, Folder, SMALL};
use crate::tensors::{Rows, Tensors};
use crate::{Refusal, Result, Wrong};

/// `config.json`, as far as it matters.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) model_type: String,
    #[serde(default)]
    pub(crate) _name_or_path: String,
    pub(crate) hidden_size: usize,
    pub(crate) num_hidden_layers: usize,
    pub(crate) num_attention_heads: usize,
    pub(crate) intermediate_size: usize,
    pub(crate) vocab_size: usize,
    pub(crate) max_position_embeddings: usize,
    #[serde(default = "two")]
    pub(crate) type_vocab_size: usize,
    #[serde(default = "tiny")]
    pub(crate) layer_norm_eps: f32,
    #[serde(default)]
    pub(crate) pad_token_id: usize,
    #[serde(default = "gelu")]
    pub(crate) hidden_act: String,
    #[serde(default = "absolute")]
    pub(crate) position_embedding_type: String,
}

fn two() -> usize {
    2
}

fn tiny() -> f32 {
    1e-12
}

fn gelu() -> String {
    "gelu".to_owned()
}

fn absolute() -> String {
    "absolute".to_owned()
}

impl Config {
    pub(crate) fn open(folder: Folder<'_>) -> Result<Config> {
        let config: Config = folder.json(CONFIG, SMALL)?;
        let refuse = |wrong, part: &str| Err(Refusal::of(CONFIG.as_ref(), wrong, part));
        if !matches!(config.model_type.as_str(), "bert" | "xlm-roberta") {
            return refuse(Wrong::Unknown, &config.model_type);
        }
        if config.hidden_act != "gelu" {
            return refuse(Wrong::Unknown, &config.hidden_act);
        }
        if config.position_embedding_type != "absolute" {
            return refuse(Wrong::Unknown, &config.position_embedding_type);
        }
        let sizes = [
            ("hidden_size", config.hidden_size, 4096),
            ("num_hidden_layers", config.num_hidden_layers, 48),
            ("num_attention_heads", config.num_attention_heads, 64),
            ("intermediate_size", config.intermediate_size, 16_384),
            ("vocab_size", config.vocab_size, 1_000_000),
            ("max_position_embeddings", config.max_position_embeddings, 8_194),
            ("type_vocab_size", config.type_vocab_size, 16),
        ];
        for (part, size, most) in sizes {
            if size == 0 || size > most {
                return refuse(Wrong::Shape, part);
            }
        }
        if !config.hidden_size.is_multiple_of(config.num_attention_heads)
            || config.first_place() + 8 > config.max_position_embeddings
        {
            return refuse(Wrong::Shape, "num_attention_heads, max_position_embeddings");
        }
        Ok(config)
    }

    /// XLM-R counts places from behind its padding.
    pub(crate) fn first_place(&self) -> usize {
        if self.model_type == "xlm-roberta" {
            self.pad_token_id.saturating_add(1)
        } else {
            0
        }
    }
}

/// y = x·Wᵀ + b, kept as Wᵀ.
#[derive(Debug)]
struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    fn read(tensors: &mut Tensors, name: &str, (from, to): (usize, usize)) -> Result<Linear> {
        let weight = tensors.matrix(&format!("{name}.weight"), (to, from))?;
        Ok(Linear {
            weight: weight.reversed_axes().as_standard_layout().into_owned(),
            bias: tensors.vector(&format!("{name}.bias"), to)?,
        })
    }

    fn of(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut y = Array2::zeros((x.nrows(), self.bias.len()));
        y += &self.bias;
        general_mat_mul(1.0, x, &self.weight, 1.0, &mut y);
        y
    }
}

#[derive(Debug)]
struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Norm {
    fn read(tensors: &mut Tensors, name: &str, config: &Config) -> Result<Norm> {
        Ok(Norm {
            weight: tensors.vector(&format!("{name}.weight"), config.hidden_size)?,
            bias: tensors.vector(&format!("{name}.bias"), config.hidden_size)?,
            epsilon: config.layer_norm_eps,
        })
    }

    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let long = row.len() as f32;
            let mean = row.sum() / long;
            row -= mean;
            let deviation = (row.dot(&row) / long + self.epsilon).sqrt();
            row /= deviation;
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

#[derive(Debug)]
struct Layer {
    /// Query, key and value side by side: one large product is faster than three.
    asks: Linear,
    attends: Linear,
    attended: Norm,
    widens: Linear,
    narrows: Linear,
    done: Norm,
}

impl Layer {
    fn read(tensors: &mut Tensors, name: &str, config: &Config) -> Result<Layer> {
        let (hidden, wide) = (config.hidden_size, config.intermediate_size);
        let mut ask = |part: &str| Linear::read(tensors, &format!("{name}.attention.self.{part}"), (hidden, hidden));
        let asks = [ask("query")?, ask("key")?, ask("value")?];
        let weights = [asks[0].weight.view(), asks[1].weight.view(), asks[2].weight.view()];
        let biases = [asks[0].bias.view(), asks[1].bias.view(), asks[2].bias.view()];
        let fits = "three parts are of one size";
        Ok(Layer {
            asks: Linear {
                weight: concatenate(Axis(1), &weights).expect(fits),
                bias: concatenate(Axis(0), &biases).expect(fits),
            },
            attends: Linear::read(tensors, &format!("{name}.attention.output.dense"), (hidden, hidden))?,
            attended: Norm::read(tensors, &format!("{name}.attention.output.LayerNorm"), config)?,
            widens: Linear::read(tensors, &format!("{name}.intermediate.dense"), (hidden, wide))?,
            narrows: Linear::read(tensors, &format!("{name}.output.dense"), (wide, hidden))?,
            done: Norm::read(tensors, &format!("{name}.output.LayerNorm"), config)?,
        })
    }

    fn apply(&self, x: &mut Array2<f32>, heads: usize) {
        let attended = attention(&self.asks.of(x), heads);
        *x += &self.attends.of(&attended);
        self.attended.apply(x);
        let mut wide = self.widens.of(x);
        wide.mapv_inplace(bell);
        *x += &self.narrows.of(&wide);
        self.done.apply(x);
    }
}

/// GELU (Hendrycks and Gimpel 2016).
fn bell(x: f32) -> f32 {
    0.5 * x * (1.0 + libm::erff(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// For each piece what the others say to it, one head beside the other.
fn attention(asks: &Array2<f32>, heads: usize) -> Array2<f32> {
    let hidden = asks.ncols() / 3;
    let wide = hidden / heads;
    let scale = 1.0 / (wide as f32).sqrt();
    let mut said = Array2::zeros((asks.nrows(), hidden));
    for head in 0..heads {
        let part = |which: usize| -> ArrayView2<'_, f32> {
            let from = which * hidden + head * wide;
            asks.slice_axis(Axis(1), Slice::from(from..from + wide))
        };
        let mut weights = part(0).dot(&part(1).t());
        for mut row in weights.rows_mut() {
            let most = row.fold(f32::NEG_INFINITY, |most, x| most.max(*x));
            row.mapv_inplace(|x| ((x - most) * scale).exp());
            let sum = row.sum();
            row /= sum;
        }
        let mut here = said.slice_axis_mut(Axis(1), Slice::from(head * wide..(head + 1) * wide));
        general_mat_mul(1.0, &weights, &part(2), 0.0, &mut here);
    }
    said
}

#[derive(Debug)]
pub(crate) struct Bert {
    words: Rows,
    places: Array2<f32>,
    /// Every text is the first of its kind.
    kind: Array1<f32>,
    first: Norm,
    layers: Vec<Layer>,
    heads: usize,
    first_place: usize,
}

impl Bert {
    pub(crate) fn open(folder: Folder<'_>, config: &Config) -> Result<Bert> {
        let mut tensors = Tensors::open(folder)?;
        let prefix = tensors.prefix()?;
        let hidden = config.hidden_size;
        let named = |name: &str| format!("{prefix}{name}");
        let kinds = tensors.matrix(
            &named("embeddings.token_type_embeddings.weight"),
            (config.type_vocab_size, hidden),
        )?;
        let layer = |at: usize| named(&format!("encoder.layer.{at}"));
        Ok(Bert {
            words: tensors.rows(&named("embeddings.word_embeddings.weight"), (config.vocab_size, hidden))?,
            places: tensors.matrix(
                &named("embeddings.position_embeddings.weight"),
                (config.max_position_embeddings, hidden),
            )?,
            kind: kinds.row(0).to_owned(),
            first: Norm::read(&mut tensors, &named("embeddings.LayerNorm"), config)?,
            layers: (0..config.num_hidden_layers)
                .map(|at| Layer::read(&mut tensors, &layer(at), config))
                .collect::<Result<_>>()?,
            heads: config.num_attention_heads,
            first_place: config.first_place(),
        })
    }

    /// A row for each piece. The pieces are of the vocabulary, and no more than there are places.
    pub(crate) fn rows(&self, pieces: &[u32]) -> Array2<f32> {
        let mut x = Array2::zeros((pieces.len(), self.kind.len()));
        for (at, (mut row, piece)) in x.rows_mut().into_iter().zip(pieces).enumerate() {
            row.assign(&self.places.row(self.first_place + at));
            row += &self.kind;
            for (number, word) in row.iter_mut().zip(self.words.row(*piece as usize)) {
                *number += word;
            }
        }
        self.first.apply(&mut x);
        for layer in &self.layers {
            layer.apply(&mut x, self.heads);
        }
        x
    }
}
