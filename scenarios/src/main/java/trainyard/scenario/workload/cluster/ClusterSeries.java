package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.detail.TimeSeries.Clock;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.ClusterRecord.Provision;
import trainyard.scheduler.run.watch.ClusterRecord.Queueing;
import trainyard.scheduler.run.watch.ClusterRecord.Scattering;
import trainyard.scheduler.run.watch.ClusterRecord.Stay;
import trainyard.scheduler.run.watch.ClusterRecord.Turn;
import trainyard.scheduler.run.watch.ClusterRecord.Unusable;
import trainyard.scheduler.workload.TuningProgress;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** What a run of a cluster has over time. */
final class ClusterSeries {

    static final Metric WAITING = quantity("waiting-jobs", "Jobs in the queue.");
    static final Metric WAITING_GPUS = quantity("waiting-gpus", "GPUs that jobs in the queue want.");
    static final Metric RUNNING = quantity("running-jobs", "Jobs that run.");
    static final Metric USED = quantity("used-gpus", "GPUs that jobs hold.");
    static final Metric FRAGMENTED = quantity(
            "fragmented-gpus",
            "Free GPUs that jobs in the queue want, but not where they are: as many as the widest such job wants. `share.fragmented` is"
                    + " their share of all GPU time.");
    static final Metric UNUSABLE = quantity(
            "unusable-gpus",
            "Free GPUs that the jobs of the list cannot use where they are, in the mean over the jobs: the fragmentation F of FGD."
                    + " `fragmentation` is its mean over time.");
    static final Metric OF_CLUSTER = quantity(
            "cluster-gpus", "GPUs that jobs want, whether they run or wait; that are provisioned; and that jobs hold.");
    static final Metric SHARES = new Metric(
            "gpu-shares",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.NOT_NEGATIVE,
            Better.NEITHER,
            "Parts of all GPUs, which add up to 100 % at any time: held by jobs, free but not where a job in the queue could use them,"
                    + " and the rest, which is free or not there; beside them what jobs in the queue want.");
    static final Metric OF_TEAM = quantity("team-gpus", "GPUs that jobs of each team hold.");
    static final Metric OF_NODE = new Metric(
            "node-use",
            Dimension.FRACTION,
            "%",
            0.01,
            Bounds.SHARE,
            Better.HIGHER,
            "Share of the GPUs of each node that jobs hold.");

    static final Metric LOSS = quantity(
            "best-loss", "True loss of the model that each sweep would hand over, from the end of its first rung on.");
    static final Metric LOSS_BY_GPU_TIME =
            quantity("best-loss-by-gpu-time", "The same over the GPU time that its trials have been trained.");

    /** Teams with a curve of their own, those that hold most; the others share one. */
    private static final int MOST_TEAMS = 11;

    private static final double SECONDS_PER_NANO = 1e-9;

    private static final String OTHERS = "others";

    private final List<ClusterJob> jobs;
    private final ClusterRecord record;
    private final ClusterLayout layout;
    private final List<TunedSweep> sweeps;

    /**
     * @param jobs in the order of arrival
     */
    ClusterSeries(List<ClusterJob> jobs, ClusterRecord record, ClusterLayout layout, List<TunedSweep> sweeps) {
        this.jobs = jobs;
        this.record = record;
        this.layout = layout;
        this.sweeps = sweeps;
    }

    /** What no GPU does: it lies beside the parts of all GPUs. */
    private static final String WANTED = "wanted by the queue";

    static List<Metric> all() {
        return List.of(
                WAITING,
                WAITING_GPUS,
                RUNNING,
                USED,
                FRAGMENTED,
                UNUSABLE,
                OF_CLUSTER,
                SHARES,
                OF_TEAM,
                OF_NODE,
                LOSS,
                LOSS_BY_GPU_TIME,
                ForecastSeries.DEMAND);
    }

    List<TimeSeries> series() {
        long end = record.endNanos();
        List<TimeSeries> series = new ArrayList<>();
        Level used = used();
        series.add(queued(job -> 1).series(WAITING, "", end));
        series.add(queued(ClusterJob::gpuAmount).series(WAITING_GPUS, "", end));
        series.add(running().series(RUNNING, "", end));
        series.add(used.series(USED, "", end));
        series.add(fragmented().series(FRAGMENTED, "", end));
        series.add(unusable().series(UNUSABLE, "", end));
        series.add(demand().series(OF_CLUSTER, "wanted", end).beside());
        series.add(provisioned().series(OF_CLUSTER, "provisioned", end).beside());
        series.add(used.series(OF_CLUSTER, "used", end));
        shares().forEach((name, level) -> {
            TimeSeries share = level.series(SHARES, name, end);
            series.add(name.equals(WANTED) ? share.beside() : share);
        });
        ofTeams().forEach((name, level) -> series.add(level.series(OF_TEAM, name, end)));
        Level[] nodes = ofNodes();
        for (int node = 0; node < nodes.length; node++) {
            series.add(nodes[node].series(OF_NODE, "node " + node, end));
        }
        sweeps.stream().filter(sweep -> !sweep.progress().points().isEmpty()).forEach(sweep -> {
            series.add(losses(sweep, LOSS, Clock.TIME, point -> SimTime.seconds(point.nanos())));
            series.add(losses(sweep, LOSS_BY_GPU_TIME, Clock.GPU_TIME, point -> SECONDS_PER_NANO * point.gpuNanos()));
        });
        return series;
    }

    /** GPUs that a run counts in parts. */
    private double gpus(int parts) {
        return parts / (double) layout.partsPerGpu();
    }

    private double gpus(Stay stay) {
        return gpus(stay.gpus());
    }

    private Level queued(ToDoubleFunction<ClusterJob> weight) {
        Level level = new Level();
        addQueued(level, weight);
        return level;
    }

    private void addQueued(Level level, ToDoubleFunction<ClusterJob> weight) {
        for (Queueing queueing : record.queueings()) {
            double by = weight.applyAsDouble(jobs.get(queueing.job()));
            level.add(queueing.nanos(), queueing.came() ? by : -by);
        }
    }

    private Level used() {
        Level level = new Level();
        addUsed(level);
        return level;
    }

    private void addUsed(Level level) {
        record.stays().forEach(stay -> level.add(stay.fromNanos(), stay.toNanos(), gpus(stay)));
    }

    private Level demand() {
        Level level = new Level();
        addQueued(level, ClusterJob::gpuAmount);
        addUsed(level);
        return level;
    }

    /** What the GPUs do, in parts of all of them, and what the queue wants of them. */
    private Map<String, Level> shares() {
        double all = layout.gpus();
        Level held = new Level();
        Level scattered = new Level();
        Level rest = new Level();
        Level wanted = new Level();
        rest.add(0, 1);
        for (Stay stay : record.stays()) {
            held.add(stay.fromNanos(), stay.toNanos(), gpus(stay) / all);
            rest.add(stay.fromNanos(), stay.toNanos(), -gpus(stay) / all);
        }
        double before = 0;
        for (Scattering scattering : record.scatterings()) {
            double gpus = gpus(scattering.gpus());
            scattered.add(scattering.nanos(), (gpus - before) / all);
            rest.add(scattering.nanos(), (before - gpus) / all);
            before = gpus;
        }
        addQueued(wanted, job -> job.gpuAmount() / all);
        Map<String, Level> shares = new LinkedHashMap<>();
        shares.put("held by jobs", held);
        shares.put("free, of no use to the queue", scattered);
        shares.put("free or not there", rest);
        shares.put(WANTED, wanted);
        return shares;
    }

    /** A job that runs counts once, on however many nodes it stays: their stays lie side by side. Who shares the GPUs of another has no stay. */
    private Level running() {
        Level level = new Level();
        int last = -1;
        long lastFrom = -1;
        for (Stay stay : record.stays()) {
            if (stay.job() != last || stay.fromNanos() != lastFrom) {
                level.add(stay.fromNanos(), stay.toNanos(), 1);
            }
            last = stay.job();
            lastFrom = stay.fromNanos();
        }
        record.turns().stream()
                .filter(turn -> turn.turn() > 0)
                .forEach(turn -> level.add(turn.fromNanos(), turn.toNanos(), 1));
        return level;
    }

    private Map<String, Level> ofTeams() {
        Map<String, Level> teams = new LinkedHashMap<>();
        Map<String, String> names = teamNames();
        for (Stay stay : record.stays()) {
            teams.computeIfAbsent(names.get(jobs.get(stay.job()).team()), name -> new Level())
                    .add(stay.fromNanos(), stay.toNanos(), gpus(stay));
        }
        for (Turn turn : record.turns()) {
            teams.computeIfAbsent(names.get(jobs.get(turn.job()).team()), name -> new Level())
                    .add(turn.fromNanos(), turn.toNanos(), beyondStay(turn));
        }
        return teams;
    }

    /** What a job that shares GPUs in turns has of them, an equal part, beyond what its stay says. */
    private double beyondStay(Turn turn) {
        int gpus = jobs.get(turn.job()).gpus();
        return gpus / (double) turn.of() - (turn.turn() == 0 ? gpus : 0);
    }

    private Level[] ofNodes() {
        Level[] nodes = new Level[layout.nodes()];
        Arrays.setAll(nodes, node -> new Level());
        for (Stay stay : record.stays()) {
            nodes[stay.node()].add(stay.fromNanos(), stay.toNanos(), gpus(stay) / layout.gpus(stay.node()));
        }
        return nodes;
    }

    private TimeSeries losses(
            TunedSweep sweep, Metric quantity, Clock clock, ToDoubleFunction<TuningProgress.Point> seconds) {
        return new TimeSeries(
                quantity,
                sweeps.size() == 1 ? "" : sweep.drawn().tuning().id(),
                TimeSeries.Shape.STEP,
                sweep.progress().points().stream()
                        .map(point -> new TimeSeries.At(seconds.applyAsDouble(point), point.loss()))
                        .toList(),
                clock);
    }

    private Level fragmented() {
        Level level = new Level();
        double before = 0;
        for (Scattering scattering : record.scatterings()) {
            double gpus = gpus(scattering.gpus());
            level.add(scattering.nanos(), gpus - before);
            before = gpus;
        }
        return level;
    }

    private Level unusable() {
        Level level = new Level();
        double before = 0;
        for (Unusable unusable : record.unusable()) {
            level.add(unusable.nanos(), unusable.gpus() - before);
            before = unusable.gpus();
        }
        return level;
    }

    /** All GPUs where no autoscaler changes them. */
    private Level provisioned() {
        Level level = new Level();
        if (record.provisions().isEmpty()) {
            level.add(0, layout.gpus());
        }
        int before = 0;
        for (Provision provision : record.provisions()) {
            level.add(provision.nanos(), provision.gpus() - before);
            before = provision.gpus();
        }
        return level;
    }

    /** The curve of each team. */
    private Map<String, String> teamNames() {
        Map<String, Double> held = new LinkedHashMap<>();
        jobs.forEach(job -> held.merge(job.team(), 0.0, Double::sum));
        record.stays()
                .forEach(stay -> held.merge(
                        jobs.get(stay.job()).team(), gpus(stay) * (stay.toNanos() - stay.fromNanos()), Double::sum));
        record.turns()
                .forEach(turn -> held.merge(
                        jobs.get(turn.job()).team(),
                        beyondStay(turn) * (turn.toNanos() - turn.fromNanos()),
                        Double::sum));
        List<String> most = held.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(held.size() <= MOST_TEAMS + 1 ? held.size() : MOST_TEAMS)
                .toList();
        return held.keySet().stream()
                .collect(Collectors.toMap(
                        team -> team, team -> most.contains(team) ? team : OTHERS, (a, b) -> a, LinkedHashMap::new));
    }

    private static Metric quantity(String name, String doc) {
        return new Metric(name, Dimension.NUMBER, "", 1, Bounds.NOT_NEGATIVE, Better.NEITHER, doc);
    }
}
