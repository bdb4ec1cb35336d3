"""The loss of each head on a batch."""

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.network import Network

WEIGHTS = {
    "arcs": 1.0, "labels": 1.0, "upos": 0.5, "feats": 0.3, "starts": 1.0, "tags": 0.7,
    "predicates": 0.3, "roles": 0.5, "reality": 0.3, "reference": 1.0,
    "acts": 1.0, "kinds": 0.3, "parties": 0.7, "homes": 0.3, "sectors": 0.3,
}  # fmt: skip


def losses(net: Network, b: Batch, sets: Tensor) -> dict[str, Tensor]:
    """The loss of each head that the batch has labels for."""
    h = net.states(b.ids, b.shapes, b.mask, b.first)
    words = net.light(h[:, 1:])
    out: dict[str, Tensor] = {}
    for name, scores, gold in (("upos", net.upos(words), b.upos), ("feats", net.feats(words), b.feats)):
        if (gold >= 0).any():
            out[name] = functional.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1)
    out |= _starts(net, h, b) | _roles(net, words, b) | _reality(net, words, b) | _acts(net, h, b)
    known = b.options >= 0
    if known.any():
        log = net.tags(words).float()[known].log_softmax(-1)
        out["tags"] = -log.masked_fill(~sets[b.options[known]], -1e4).logsumexp(-1).mean()
    known = b.heads >= 0
    if known.any():
        scores = net.arcs(h).float()
        same = b.sentence[:, :, None] == b.sentence[:, None, :]
        scores = scores.masked_fill(~torch.cat([torch.ones_like(same[:, :, :1]), same], 2), -1e4)
        out["arcs"] = functional.cross_entropy(scores[known], b.heads[known])
        dep, head = net.labels(h)
        rows = torch.arange(len(b.heads))[:, None].expand_as(b.heads)[known]
        out["labels"] = functional.cross_entropy(
            net.relate(dep[known], head[rows, b.heads[known]]).float(), b.relations[known], ignore_index=-1
        )
    return out


def _starts(net: Network, h: Tensor, b: Batch) -> dict[str, Tensor]:
    """Loss of sentence starts; a window's first word always starts one and teaches nothing."""
    known = b.starts >= 0
    known[:, :1] = False
    if not known.any():
        return {}
    scores = net.starts(torch.cat([h[:, :1], net.light(h[:, 1:])], 1)).float()
    return {"starts": functional.binary_cross_entropy_with_logits(scores[known], b.starts[known].float())}


def _roles(net: Network, words: Tensor, b: Batch) -> dict[str, Tensor]:
    """Losses of which words are predicates, and of the roles of the words of their sentences."""
    out = {}
    known = b.predicates >= 0
    if known.any():
        scores = net.roles.is_predicate(words).float()[..., 0][known]
        out["predicates"] = functional.binary_cross_entropy_with_logits(scores, b.predicates[known].float())
    if len(b.role_at):
        row, word = b.role_at.unbind(1)
        predicate, argument = net.roles.vectors(words)
        scores = net.roles.scores(predicate[row, word], argument[row]).float()
        total = functional.cross_entropy(scores.flatten(0, 1), b.roles.flatten(), ignore_index=-1, reduction="sum")
        out["roles"] = total / (b.roles > 0).sum().clamp(min=1)
    return out


def _reality(net: Network, words: Tensor, b: Batch) -> dict[str, Tensor]:
    """Squared error of factuality and genericity, each value weighted by how far it is to be trusted."""
    if not len(b.reality_at):
        return {}
    row, word = b.reality_at.unbind(1)
    error = (net.reality(words[row, word]).float() - b.reality) ** 2
    return {"reality": (error * b.trust).sum() / b.trust.sum().clamp(min=1)}


def _acts(net: Network, h: Tensor, b: Batch) -> dict[str, Tensor]:
    """Losses of which words name acts, of mode, status and background of those, and of their parties."""
    known = b.acts >= 0
    if not known.any() or net.sizes.acts < 2:
        return {}
    h = net.light(h)
    act, mode, status, background = (x.float() for x in net.acts.kinds(h[:, 1:]))
    out = {"acts": functional.cross_entropy(act[known], b.acts[known], reduction="sum")}
    out["acts"] = out["acts"] / (b.acts > 0).sum().clamp(min=1)
    if len(b.act_at):
        row, word = b.act_at.unbind(1)
        modes, statuses, old = b.kinds.unbind(1)
        out["kinds"] = (
            functional.cross_entropy(mode[row, word], modes)
            + 2 * functional.cross_entropy(status[row, word], statuses)
            + functional.binary_cross_entropy_with_logits(background[row, word], old.float())
        )
        acts, parties = net.acts.vectors(h)
        scores = net.acts.scores(acts[row, word + 1], parties[row]).float()
        total = functional.cross_entropy(scores.flatten(0, 1), b.parties.flatten(), ignore_index=-1, reduction="sum")
        out["parties"] = total / (b.parties > 0).sum().clamp(min=1)
    return out | _homes(net, h, b)


def _homes(net: Network, h: Tensor, b: Batch) -> dict[str, Tensor]:
    """Losses of which word tells a party's country, summed over those that do, and of what the party is."""
    if not len(b.home_at):
        return {}
    row, word = b.home_at.unbind(1)
    home, land, sector = (x.float() for x in net.acts.homes(h))
    scores = (home[row, word + 1][:, None] * land[row]).sum(-1)
    outside = torch.cat([torch.zeros_like(b.sentence[:, :1], dtype=torch.bool), b.sentence < 0], 1)
    log = scores.masked_fill(outside[row], -1e4).log_softmax(-1)
    return {
        "homes": -log.masked_fill(b.homes == 0, -1e4).logsumexp(-1).mean(),
        "sectors": functional.cross_entropy(sector[row, word + 1], b.sectors),
    }
