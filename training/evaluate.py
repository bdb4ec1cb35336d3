"""Figures on development parts with gold words while a network is trained."""

import random

import torch
from torch import Tensor

from training.batches import Coded, batches
from training.network import Network


@torch.no_grad()
def trees(net: Network, documents: list[list[Coded]]) -> str:
    """Attachment and tags with gold words and sentences, greedy; starts but for those of the windows."""
    net.eval()
    n = right = labelled = upos = feats = 0
    tp = pp = gp = 0
    for b in batches(documents, 3000, random.Random(1)):
        with torch.autocast("cpu", torch.bfloat16):
            h = net.states(b.ids, b.shapes, b.mask, b.first)
            scores, (dep, head), tags = net.arcs(h).float(), net.labels(h), net.upos(h[:, 1:])
            bundle, starts = net.feats(h[:, 1:]), net.starts(h) > 0
        known = b.sentence >= 0
        same = b.sentence[:, :, None] == b.sentence[:, None, :]
        best = scores.masked_fill(~torch.cat([torch.ones_like(same[:, :, :1]), same], 2), -1e4).argmax(-1)
        rows = torch.arange(len(best))[:, None].expand_as(best)[known]
        relation = net.relate(dep[known].float(), head[rows, best[known]].float()).argmax(-1)
        ok = best[known] == b.heads[known]
        n += int(known.sum())
        right += int(ok.sum())
        labelled += int((ok & (relation == b.relations[known])).sum())
        upos += int((tags.argmax(-1) == b.upos)[known].sum())
        feats += int((bundle.argmax(-1) == b.feats)[known].sum())
        known[:, 0] = False
        starts, gold = starts[known], b.starts[known] == 1
        tp, pp, gp = tp + int((starts & gold).sum()), pp + int(starts.sum()), gp + int(gold.sum())
    net.train()
    figures = {"LAS": labelled, "UAS": right, "UPOS": upos, "FEATS": feats}
    return " ".join(f"{k} {100 * v / n:.2f}" for k, v in figures.items()) + f" starts F {200 * tp / (pp + gp):.2f}"


@torch.no_grad()
def meaning(net: Network, documents: list[list[Coded]], roles: list[str]) -> str:
    """F1 of roles by head word given the predicates, F1 of predicates, correlation of factuality."""
    net.eval()
    right = said = there = 0
    tp = pp = gp = 0
    columns: list[Tensor] = []
    for b in batches(documents, 3000, random.Random(1)):
        with torch.autocast("cpu", torch.bfloat16):
            words = net.states(b.ids, b.shapes, b.mask, b.first)[:, 1:]
            is_predicate = net.roles.is_predicate(words)[..., 0] > 0
        known = b.predicates >= 0
        tp += int((is_predicate & (b.predicates == 1)).sum())
        pp, gp = pp + int((is_predicate & known).sum()), gp + int((b.predicates == 1).sum())
        if len(b.role_at):
            row, word = b.role_at.unbind(1)
            predicate, argument = (x.float() for x in net.roles.vectors(words.float()))
            scores = net.roles.scores(predicate[row, word], argument[row])
            best = best_roles(scores.masked_fill((b.roles == -1)[..., None], -1e4), roles)
            gold = b.roles
            right += int(((best == gold) & (gold > 0)).sum())
            said, there = said + int((best > 0).sum()), there + int((gold > 0).sum())
        if len(b.reality_at):
            row, word = b.reality_at.unbind(1)
            columns.append(torch.stack([net.reality(words[row, word].float())[:, 0], b.reality[:, 0], b.trust[:, 0]]))
    net.train()
    return (
        f"roles F {200 * right / max(said + there, 1):.2f} P {100 * right / max(said, 1):.2f} "
        f"R {100 * right / max(there, 1):.2f} predicates F {200 * tp / max(pp + gp, 1):.2f} "
        f"factuality r {correlation(torch.cat(columns, 1)):.3f}"
    )


def best_roles(scores: Tensor, roles: list[str]) -> Tensor:
    """The role of each word [n, words] from scores [n, words, roles]: a core role goes to one word only."""
    best = scores.argmax(-1)
    for k, role in enumerate(roles):
        if role.startswith("ARG") and role[3:4].isdigit():
            margin = (scores[..., k] - scores[..., 0]).masked_fill(best != k, -1e9)
            first = torch.zeros_like(best, dtype=torch.bool).scatter_(1, margin.argmax(1, keepdim=True), True)
            best = torch.where((best == k) & ~first, torch.zeros_like(best), best)
    return best


def correlation(columns: Tensor) -> float:
    """Pearson's r of the first two rows, weighted by the third."""
    x, y, w = columns.double()
    w = w / w.sum()
    x, y = x - (w * x).sum(), y - (w * y).sum()
    return float((w * x * y).sum() / ((w * x * x).sum() * (w * y * y).sum()).sqrt())


@torch.no_grad()
def acts(net: Network, documents: list[list[Coded]]) -> str:
    """F1 of words that name an act, of their act, and of act with all parties; status right of the words found."""
    net.eval()
    said = there = 0
    counts = {"found": 0, "act": 0, "parties": 0, "source": 0, "target": 0}
    status = old = homes = right = sector = 0
    for b in batches(documents, 3000, random.Random(1)):
        with torch.autocast("cpu", torch.bfloat16):
            h = net.states(b.ids, b.shapes, b.mask, b.first)
            act, _, statuses, background = net.acts.kinds(h[:, 1:])
            vectors = net.acts.vectors(h)
            home, land, sectors = (x.float() for x in net.acts.homes(h))
        if len(b.home_at):
            at, party = b.home_at.unbind(1)
            share = (home[at, party + 1][:, None] * land[at]).sum(-1).softmax(-1)
            homes += len(at)
            right += int(((share * b.homes).sum(1) > 0.5).sum())
            sector += int((sectors[at, party + 1].argmax(-1) == b.sectors).sum())
        best = act.float().argmax(-1)
        said += int(((best > 0) & (b.acts >= 0)).sum())
        there += int((b.acts > 0).sum())
        if not len(b.act_at):
            continue
        row, word = b.act_at.unbind(1)
        found = best[row, word] > 0
        same = best[row, word] == b.acts[row, word]
        scores = net.acts.scores(vectors[0][row, word + 1].float(), vectors[1][row].float())
        party = scores.argmax(-1).masked_fill(b.parties < 0, 0)
        gold = b.parties.clamp(min=0)
        sides = [((party == k) | (party == 3)).eq((gold == k) | (gold == 3)).all(1) for k in (1, 2)]
        counts["found"] += int(found.sum())
        counts["act"] += int(same.sum())
        counts["source"] += int((found & sides[0]).sum())
        counts["target"] += int((found & sides[1]).sum())
        counts["parties"] += int((same & sides[0] & sides[1]).sum())
        status += int((found & (statuses[row, word].argmax(-1) == b.kinds[:, 1])).sum())
        old += int((found & ((background[row, word] > 0) == (b.kinds[:, 2] == 1))).sum())
    net.train()
    figures = " ".join(f"{k} {200 * v / max(said + there, 1):.2f}" for k, v in counts.items())
    n = max(counts["found"], 1)
    return (
        f"acts F: {figures}; said {said} of {there}; status {100 * status / n:.2f} background {100 * old / n:.2f}; "
        f"homes {100 * right / max(homes, 1):.2f} sectors {100 * sector / max(homes, 1):.2f} of {homes}"
    )
