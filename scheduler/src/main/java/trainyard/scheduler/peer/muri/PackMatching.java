package trainyard.scheduler.peer.muri;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Its matching of packs of one size: Edmonds' algorithm for a matching of the largest weight with labels of nodes and blossoms (Galil, ACM Computing
 * Surveys 1986), in the order in which its {@code _Blossom_Same} looks at nodes and with its comparisons, on which depends which of equally good
 * matchings is found: a slack of at most 0 is none, and the search ends once a label is within a hundred-thousandth of the step. Nodes are counted from 1, blossoms behind
 * them; 0 is nobody.
 */
final class PackMatching {

    private static final double CLOSE = 1e-5;

    /** An edge between two nodes, which a blossom may stand for. */
    private static final class Edge {
        int from;
        int to;
        double weight;

        Edge(int from, int to, double weight) {
            this.from = from;
            this.to = to;
            this.weight = weight;
        }

        Edge copy() {
            return new Edge(from, to, weight);
        }
    }

    private final int nodes;
    private int count;
    private final Edge[][] edge;
    private final double[] label;
    private final int[] match;
    private final int[] slack;
    private final int[] top;
    private final int[] parent;
    private final int[] side;
    private final int[] seen;
    private final int[][] member;
    private final List<List<Integer>> blossom = new ArrayList<>();
    private final Deque<Integer> queue = new ArrayDeque<>();
    private int visit;

    /**
     * @param weights of each pair, which need not be symmetric to the last bit; 0 for none
     */
    private PackMatching(double[][] weights) {
        nodes = weights.length;
        count = nodes;
        int most = 2 * nodes + 2;
        edge = new Edge[most][most];
        for (int from = 0; from < most; from++) {
            for (int to = 0; to < most; to++) {
                boolean real = from <= nodes && to <= nodes;
                boolean inside = real && from > 0 && to > 0;
                edge[from][to] = real ? new Edge(from, to, inside ? weights[from - 1][to - 1] : 0) : new Edge(0, 0, 0);
            }
        }
        label = new double[most];
        match = new int[most];
        slack = new int[most];
        top = new int[most];
        parent = new int[most];
        side = new int[most];
        seen = new int[most];
        member = new int[most][nodes + 1];
        double largest = 0;
        for (double[] row : weights) {
            for (double weight : row) {
                largest = Math.max(largest, weight);
            }
        }
        for (int node = 0; node < most; node++) {
            blossom.add(new ArrayList<>());
            if (node <= nodes) {
                top[node] = node;
                label[node] = largest;
                member[node][node] = node;
            }
        }
    }

    /** The partner of each, counted from 0; -1 for none. */
    static int[] of(double[][] weights) {
        PackMatching matching = new PackMatching(weights);
        while (matching.augments()) {
            // Each time one more pair is there.
        }
        int[] partners = new int[weights.length];
        for (int node = 1; node <= weights.length; node++) {
            partners[node - 1] = matching.match[node] - 1;
        }
        return partners;
    }

    private double slackOf(Edge one) {
        return label[one.from] + label[one.to] - edge[one.from][one.to].weight * 2.0;
    }

    private void offerSlack(int from, int at) {
        if (slack[at] == 0 || slackOf(edge[from][at]) < slackOf(edge[slack[at]][at])) {
            slack[at] = from;
        }
    }

    private void findSlack(int at) {
        slack[at] = 0;
        for (int node = 1; node <= nodes; node++) {
            if (edge[node][at].weight > 0 && top[node] != at && side[top[node]] == 0) {
                offerSlack(node, at);
            }
        }
    }

    private void push(int what) {
        Deque<Integer> open = new ArrayDeque<>(List.of(what));
        while (!open.isEmpty()) {
            int next = open.remove();
            if (next <= nodes) {
                queue.add(next);
            } else {
                open.addAll(blossom.get(next));
            }
        }
    }

    private void setTop(int what, int to) {
        top[what] = to;
        if (what > nodes) {
            blossom.get(what).forEach(inner -> setTop(inner, to));
        }
    }

    /** The place of a part of a blossom, which is turned round so that it is even. */
    private int place(int of, int part) {
        List<Integer> parts = blossom.get(of);
        int at = parts.indexOf(part);
        if (at % 2 == 1) {
            Collections.reverse(parts.subList(1, parts.size()));
            return parts.size() - at;
        }
        return at;
    }

    private void setMatch(int first, int second) {
        Deque<int[]> open = new ArrayDeque<>();
        open.add(new int[] {first, second});
        while (!open.isEmpty()) {
            int[] pair = open.remove();
            int one = pair[0];
            Edge between = edge[one][pair[1]];
            match[one] = between.to;
            if (one > nodes) {
                int part = member[one][between.from];
                int at = place(one, part);
                List<Integer> parts = blossom.get(one);
                for (int i = 0; i < at; i++) {
                    open.add(new int[] {parts.get(i), parts.get(i ^ 1)});
                }
                open.add(new int[] {part, pair[1]});
                Collections.rotate(parts, -at);
            }
        }
    }

    private void augment(int first, int second) {
        int one = first;
        int other = second;
        while (true) {
            int before = top[match[one]];
            setMatch(one, other);
            if (before == 0) {
                return;
            }
            setMatch(before, top[parent[before]]);
            one = top[parent[before]];
            other = before;
        }
    }

    private int commonAncestor(int first, int second) {
        visit++;
        int one = first;
        int other = second;
        while (one != 0 || other != 0) {
            if (one != 0) {
                if (seen[one] == visit) {
                    return one;
                }
                seen[one] = visit;
                one = top[match[one]];
                one = one == 0 ? 0 : top[parent[one]];
            }
            int kept = one;
            one = other;
            other = kept;
        }
        return 0;
    }

    private void shrink(int one, int ancestor, int other) {
        int made = nodes + 1;
        while (made <= count && top[made] != 0) {
            made++;
        }
        count = Math.max(count, made);
        label[made] = 0;
        side[made] = 0;
        match[made] = match[ancestor];
        List<Integer> parts = blossom.get(made);
        parts.clear();
        parts.add(ancestor);
        gather(parts, one, ancestor);
        Collections.reverse(parts.subList(1, parts.size()));
        gather(parts, other, ancestor);
        setTop(made, made);
        for (int at = 1; at <= count; at++) {
            edge[made][at].weight = 0;
            edge[at][made].weight = 0;
        }
        for (int at = 1; at <= nodes; at++) {
            member[made][at] = 0;
        }
        for (int part : parts) {
            for (int at = 1; at <= count; at++) {
                if (edge[made][at].weight <= 0 || slackOf(edge[part][at]) < slackOf(edge[made][at])) {
                    edge[made][at] = edge[part][at].copy();
                    edge[at][made] = edge[at][part].copy();
                }
            }
            for (int at = 1; at <= nodes; at++) {
                member[made][at] = member[part][at] != 0 ? part : member[made][at];
            }
        }
        findSlack(made);
    }

    private void gather(List<Integer> parts, int from, int ancestor) {
        int at = from;
        while (at != ancestor) {
            parts.add(at);
            int partner = top[match[at]];
            parts.add(partner);
            push(partner);
            at = top[parent[partner]];
        }
    }

    private void expand(int what) {
        List<Integer> parts = blossom.get(what);
        parts.forEach(part -> setTop(part, part));
        int root = member[what][edge[what][parent[what]].from];
        int at = place(what, root);
        for (int i = 0; i < at; i += 2) {
            int one = parts.get(i);
            int next = parts.get(i + 1);
            parent[one] = edge[next][one].from;
            side[one] = 1;
            side[next] = 0;
            slack[one] = 0;
            findSlack(next);
            push(next);
        }
        side[root] = 1;
        parent[root] = parent[what];
        for (int i = at + 1; i < parts.size(); i++) {
            side[parts.get(i)] = -1;
            findSlack(parts.get(i));
        }
        top[what] = 0;
    }

    /** Whether a tight edge makes one more pair. */
    private boolean follows(Edge tight) {
        int one = top[tight.from];
        int other = top[tight.to];
        if (side[other] == -1) {
            parent[other] = tight.from;
            side[other] = 1;
            int partner = top[match[other]];
            slack[other] = 0;
            slack[partner] = 0;
            side[partner] = 0;
            push(partner);
        } else if (side[other] == 0) {
            int ancestor = commonAncestor(one, other);
            if (ancestor == 0) {
                augment(one, other);
                augment(other, one);
                return true;
            }
            shrink(one, ancestor, other);
        }
        return false;
    }

    private boolean augments() {
        Arrays.fill(side, 0, count + 1, -1);
        Arrays.fill(slack, 0, count + 1, 0);
        queue.clear();
        for (int at = 1; at <= count; at++) {
            if (top[at] == at && match[at] <= 0) {
                parent[at] = 0;
                side[at] = 0;
                push(at);
            }
        }
        if (queue.isEmpty()) {
            return false;
        }
        while (true) {
            if (grows()) {
                return true;
            }
            if (!relabel(step())) {
                return false;
            }
            queue.clear();
            for (int at = 1; at <= count; at++) {
                boolean tight =
                        top[at] == at && slack[at] != 0 && top[slack[at]] != at && slackOf(edge[slack[at]][at]) <= 0;
                if (tight && follows(edge[slack[at]][at])) {
                    return true;
                }
            }
            for (int at = nodes + 1; at <= count; at++) {
                if (top[at] == at && side[at] == 1 && label[at] <= 0) {
                    expand(at);
                }
            }
        }
    }

    private boolean grows() {
        while (!queue.isEmpty()) {
            int from = queue.remove();
            if (side[top[from]] == 1) {
                continue;
            }
            for (int to = 1; to <= nodes; to++) {
                if (edge[from][to].weight > 0 && top[from] != top[to]) {
                    if (slackOf(edge[from][to]) > 0) {
                        offerSlack(from, top[to]);
                    } else if (follows(edge[from][to])) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private double step() {
        double step = Double.POSITIVE_INFINITY;
        for (int at = nodes + 1; at <= count; at++) {
            if (top[at] == at && side[at] == 1) {
                step = Math.min(step, label[at] / 2.0);
            }
        }
        for (int at = 1; at <= count; at++) {
            if (top[at] == at && slack[at] != 0 && side[at] <= 0) {
                double left = slackOf(edge[slack[at]][at]);
                step = Math.min(step, side[at] == 0 ? left / 2.0 : left);
            }
        }
        return step;
    }

    /** Whether labels could be changed by a step. */
    private boolean relabel(double step) {
        for (int at = 1; at <= nodes; at++) {
            if (side[top[at]] == 0) {
                boolean close = Math.abs(label[at] - step) <= CLOSE * Math.max(Math.abs(label[at]), Math.abs(step));
                if (close || !(label[at] > step)) {
                    return false;
                }
                label[at] -= step;
            } else if (side[top[at]] == 1) {
                label[at] += step;
            }
        }
        for (int at = nodes + 1; at <= count; at++) {
            if (top[at] == at && side[at] >= 0) {
                label[at] += side[at] == 0 ? step * 2 : -step * 2;
            }
        }
        return true;
    }
}
