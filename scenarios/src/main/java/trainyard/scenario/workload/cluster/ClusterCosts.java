package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.sim.units.Dimension;

/**
 * Charge-back: what the GPUs of the cluster cost, and which team pays for it. A team pays for what its jobs had. What nobody had is
 * shared out in proportion to that; where no job had anything, nobody pays it. The parts of all teams sum to the bill.
 */
final class ClusterCosts {

    /** Parts of a bill. */
    private record Parts(Metric total, Metric used, Metric overhead, Metric idle) {

        static Parts ofTeam(String team) {
            Parts parts = of("team." + JobGroup.word(team) + ".", "of team " + team);
            return new Parts(
                    parts.total.ofGroup(team),
                    parts.used.ofGroup(team),
                    parts.overhead.ofGroup(team),
                    parts.idle.ofGroup(team));
        }

        /**
         * @param prefix of the names, such as {@code team.vision.}; empty for the cluster
         * @param of whose costs, such as {@code of team vision}
         */
        static Parts of(String prefix, String of) {
            return new Parts(
                    usd(prefix + "cost", "Price of all GPU time that is provisioned, " + of + ": the parts below."),
                    usd(prefix + "cost.used", "Price of useful work " + of + "."),
                    usd(
                            prefix + "cost.overhead",
                            "Price of what jobs held beside that, " + of
                                    + ": slowed and lost work, hangs, checkpoints, starts, loads."),
                    usd(
                            prefix + "cost.idle",
                            "Price of GPU time that no running job held, " + of
                                    + "; shared by teams in proportion to what their jobs held."));
        }

        List<Metric> metrics() {
            return List.of(total, used, overhead, idle);
        }

        List<Metric> summands() {
            return List.of(used, overhead, idle);
        }

        void put(double usedUsd, double overheadUsd, double idleUsd, Map<Metric, Double> numbers) {
            numbers.put(total, usedUsd + overheadUsd + idleUsd);
            numbers.put(used, usedUsd);
            numbers.put(overhead, overheadUsd);
            numbers.put(idle, idleUsd);
        }
    }

    private static final double HOUR = 3600;
    private static final Parts CLUSTER = Parts.of("", "of the cluster");
    private static final Metric PER_USEFUL = new Metric(
                    "cost.per-useful-gpu-hour",
                    Dimension.MONEY_PER_GPU_TIME,
                    "USD/GPU-hour",
                    1 / HOUR,
                    Bounds.NOT_NEGATIVE,
                    Better.LOWER,
                    "Price of all GPU time that is provisioned over the GPU time of useful work: what an hour of work costs, idle GPUs and"
                            + " overhead included.")
            .needing("cost.price");

    private final Map<String, Parts> teams = new LinkedHashMap<>();

    /** Of teams by name. */
    ClusterCosts(List<String> teams) {
        teams.forEach(team -> this.teams.put(team, Parts.ofTeam(team)));
    }

    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(CLUSTER.metrics());
        metrics.add(PER_USEFUL);
        teams.values().forEach(parts -> metrics.addAll(parts.metrics()));
        return metrics;
    }

    /** The bill of the cluster, and that of each team, by its parts. */
    Map<Metric, List<Metric>> sums() {
        Map<Metric, List<Metric>> sums = new LinkedHashMap<>();
        sums.put(CLUSTER.total(), CLUSTER.summands());
        teams.values().forEach(parts -> sums.put(parts.total(), parts.summands()));
        return sums;
    }

    /** What a run costs. */
    Map<Metric, Double> of(ClusterLedger ledger, double usdPerGpuSecond) {
        double used = usdPerGpuSecond * ledger.gpuSeconds(GpuUse.USEFUL);
        double overhead = 0;
        double idle = 0;
        for (GpuUse use : GpuUse.values()) {
            double usd = usdPerGpuSecond * ledger.gpuSeconds(use);
            overhead += isOverhead(use) ? usd : 0;
            idle += use.isOfJob() || use == GpuUse.OFF ? 0 : usd;
        }
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        CLUSTER.put(used, overhead, idle, numbers);
        double useful = ledger.gpuSeconds(GpuUse.USEFUL);
        numbers.put(PER_USEFUL, useful > 0 ? (used + overhead + idle) / useful : Double.POSITIVE_INFINITY);
        for (Map.Entry<String, Parts> team : teams.entrySet()) {
            int index = ledger.teams().indexOf(team.getKey());
            double ofTeam = index < 0 ? 0 : usdPerGpuSecond * ledger.gpuSeconds(index, GpuUse.USEFUL);
            double beside = index < 0 ? 0 : usdPerGpuSecond * overheadSeconds(ledger, index);
            double share = used + overhead > 0 ? (ofTeam + beside) / (used + overhead) : 0;
            team.getValue().put(ofTeam, beside, share * idle, numbers);
        }
        return numbers;
    }

    private static double overheadSeconds(ClusterLedger ledger, int team) {
        double seconds = 0;
        for (GpuUse use : GpuUse.values()) {
            seconds += isOverhead(use) ? ledger.gpuSeconds(team, use) : 0;
        }
        return seconds;
    }

    private static boolean isOverhead(GpuUse use) {
        return use.isOfJob() && use != GpuUse.USEFUL;
    }

    static Metric usd(String name, String doc) {
        return new Metric(name, Dimension.MONEY, "USD", 1, Bounds.NOT_NEGATIVE, Better.LOWER, doc)
                .needing("cost.price");
    }
}
