package trainyard.scheduler.interleave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.blossom.v5.KolmogorovWeightedMatching;
import org.jgrapht.alg.matching.blossom.v5.ObjectiveSense;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jgrapht.util.SupplierUtil;
import trainyard.scheduler.job.JobStages;

/**
 * Puts jobs into groups of up to four that interleave (Zhao et al., Muri, SIGCOMM 2022, algorithm 1). Jobs are taken in order until, alone, the
 * first of each four of one size would fill the GPUs; of these, while they want more GPUs than there are, groups of one size are joined in pairs by a matching
 * of the largest sum of efficiencies, the most efficient pairs first and no more than it takes. Pairs that are slower together than one after
 * the other are left alone.
 */
public final class Grouping {

    /** Matchings of more groups are made in parts: their time grows with the third power. */
    private static final int MOST_MATCHED = 128;

    private static final int ROUNDS = Interleaving.MOST_JOBS;

    private final GroupRules rules;

    /**
     * A job that may run.
     *
     * @param job its number
     * @param gpus that it wants
     * @param kind the number of what it needs beside a number of GPUs
     * @param stages of it; not stated for one that shares with nobody
     */
    public record Candidate(int job, int gpus, int kind, JobStages stages) {

        public Candidate {
            Objects.requireNonNull(stages, "stages");
        }
    }

    /**
     * Jobs that share GPUs.
     *
     * @param jobs in their order
     */
    public record Group(List<Candidate> jobs) {

        public Group {
            jobs = List.copyOf(jobs);
        }

        /** GPUs that they share. */
        public int gpus() {
            return jobs.get(0).gpus();
        }

        private List<JobStages> stages() {
            return jobs.stream().map(Candidate::stages).toList();
        }

        private Group with(Group other) {
            return new Group(Stream.concat(jobs.stream(), other.jobs.stream()).toList());
        }
    }

    /** Two groups of a matching. */
    private record Pair(Group first, Group second, double efficiency) {}

    /** Jobs of one size and kind that may share. */
    private record Size(int gpus, int kind) {}

    public Grouping(GroupRules rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * The groups, in the order of the first job of each. Together they may still want more GPUs than there are.
     *
     * @param order jobs, the most urgent first
     * @param gpus that there are
     */
    public List<Group> of(List<Candidate> order, int gpus) {
        List<Group> groups = new ArrayList<>();
        chosen(order, gpus).forEach(job -> groups.add(new Group(List.of(job))));
        for (int round = 0; round < ROUNDS && wanted(groups) > gpus; round++) {
            List<Pair> pairs = pairs(groups);
            pairs.sort(Comparator.comparingDouble(pair -> -pair.efficiency()));
            if (pairs.isEmpty()) {
                break;
            }
            join(groups, pairs, gpus);
        }
        Map<Integer, Integer> place = new LinkedHashMap<>();
        order.forEach(job -> place.put(job.job(), place.size()));
        groups.replaceAll(group -> inOrder(group, place));
        groups.sort(
                Comparator.comparingInt(group -> place.get(group.jobs().get(0).job())));
        return groups;
    }

    private static Group inOrder(Group group, Map<Integer, Integer> place) {
        return new Group(group.jobs().stream()
                .sorted(Comparator.comparingInt(job -> place.get(job.job())))
                .toList());
    }

    private static long wanted(List<Group> groups) {
        return groups.stream().mapToLong(Group::gpus).sum();
    }

    /** Those who fit alone, each with the next three of its size. */
    private static List<Candidate> chosen(List<Candidate> order, int gpus) {
        Map<Size, Integer> invited = new LinkedHashMap<>();
        List<Candidate> chosen = new ArrayList<>();
        int left = gpus;
        for (Candidate job : order) {
            Size size = new Size(job.gpus(), job.kind());
            int places = job.stages().isStated() ? invited.getOrDefault(size, 0) : 0;
            if (places > 0) {
                invited.put(size, places - 1);
                chosen.add(job);
            } else if (job.gpus() <= left) {
                left -= job.gpus();
                chosen.add(job);
                if (job.stages().isStated()) {
                    invited.put(size, Interleaving.MOST_JOBS - 1);
                }
            }
        }
        return chosen;
    }

    private static void join(List<Group> groups, List<Pair> pairs, int gpus) {
        long wanted = wanted(groups);
        for (Pair pair : pairs) {
            if (wanted <= gpus) {
                return;
            }
            groups.set(groups.indexOf(pair.first()), pair.first().with(pair.second()));
            groups.remove(pair.second());
            wanted -= pair.first().gpus();
        }
    }

    private List<Pair> pairs(List<Group> groups) {
        Map<Size, List<Group>> bySize = new LinkedHashMap<>();
        for (Group group : groups) {
            Candidate first = group.jobs().get(0);
            if (first.stages().isStated() && group.jobs().size() < Interleaving.MOST_JOBS) {
                bySize.computeIfAbsent(new Size(first.gpus(), first.kind()), size -> new ArrayList<>())
                        .add(group);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (List<Group> ofSize : bySize.values()) {
            for (int from = 0; from < ofSize.size(); from += MOST_MATCHED) {
                pairs.addAll(matched(ofSize.subList(from, Math.min(from + MOST_MATCHED, ofSize.size()))));
            }
        }
        return pairs;
    }

    private List<Pair> matched(List<Group> groups) {
        // The method adds vertices of its own, behind those of the groups.
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleWeightedGraph<>(
                SupplierUtil.createIntegerSupplier(groups.size()), SupplierUtil.createDefaultWeightedEdgeSupplier());
        for (int i = 0; i < groups.size(); i++) {
            graph.addVertex(i);
        }
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                double efficiency = efficiency(groups.get(i), groups.get(j));
                if (efficiency > 0) {
                    graph.setEdgeWeight(graph.addEdge(i, j), efficiency);
                }
            }
        }
        if (graph.edgeSet().isEmpty()) {
            return List.of();
        }
        List<Pair> pairs = new ArrayList<>();
        for (DefaultWeightedEdge edge : new KolmogorovWeightedMatching<>(graph, ObjectiveSense.MAXIMIZE)
                .getMatching()
                .getEdges()) {
            Group first = groups.get(graph.getEdgeSource(edge));
            Group second = groups.get(graph.getEdgeTarget(edge));
            pairs.add(new Pair(first, second, graph.getEdgeWeight(edge)));
        }
        pairs.sort(Comparator.comparingInt(pair -> groups.indexOf(pair.first())));
        return pairs;
    }

    /** Of two groups together; 0 where they may not be one. */
    private double efficiency(Group first, Group second) {
        if (first.jobs().size() + second.jobs().size() > Interleaving.MOST_JOBS) {
            return 0;
        }
        List<JobStages> both = first.with(second).stages();
        return rules.isWorthwhile(both) ? Interleaving.efficiency(both) : 0;
    }
}
