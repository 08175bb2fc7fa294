package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import trainyard.scheduler.hetero.ShareDemand;

/**
 * The rounds of Shockwave's fork on a real cluster of one type of GPU, which differ from those of its simulator.
 *
 * <ul>
 *   <li>Half a round ahead it is chosen who has the next round, so that what the present round still brings is not counted.
 *   <li>A job that keeps its GPUs has its lease extended, and trains on without a restart.
 *   <li>Shares are decided anew at once when a job comes, leaves or changes its batch size; only the times that jobs received are
 *       counted from an earlier moment.
 *   <li>A job changes its batch size at the end of an epoch, for which it has to start anew. An epoch that was broken off starts again.
 *   <li>Who loses its GPUs has to save its state first. The round ends when all have, and who has free GPUs starts before.
 * </ul>
 *
 * Half of what a restart costs is taken to go by while a job is saved, half while it comes back.
 */
public final class GavelDeployment {

    private static final double AHEAD = 0.5;
    private static final double REPORTED_BEFORE_THE_END = 0.25;

    private final List<GavelJob> list;
    private final GavelThroughputs table;
    private final String gpuType;
    private final UnitPolicy policy;
    private final GavelRules rules;
    private final double halfARestart;

    private final List<DeployedJob> jobs = new ArrayList<>();
    private final double[] completions;
    /** When each GPU is free. */
    private final double[] freeSeconds;

    private Map<DeployedJob, int[]> present = Map.of();
    private boolean changed;
    private int arrived;
    private double countedFrom;
    private double gpuSeconds;
    private double endSeconds;
    private int rounds;

    private GavelDeployment(
            List<GavelJob> list, GavelThroughputs table, GavelCluster cluster, UnitPolicy policy, GavelRules rules) {
        this.list = list;
        this.table = table;
        this.gpuType = cluster.types().get(0);
        this.policy = policy;
        this.rules = rules;
        this.halfARestart = rules.restartSeconds() / 2;
        this.completions = new double[list.size()];
        this.freeSeconds = new double[cluster.all()];
    }

    /**
     * Plays a list of jobs.
     *
     * @param jobs in the order of arrival
     * @param policy as on its command line
     * @return empty if it has no such policy
     * @throws IllegalArgumentException if there are several types of GPU, or a job wants more GPUs than there are
     */
    public static Optional<GavelOutcome> run(
            List<GavelJob> jobs, GavelThroughputs table, GavelCluster cluster, String policy, GavelRules rules) {
        if (cluster.types().size() != 1 || jobs.stream().anyMatch(job -> job.gpus() > cluster.all())) {
            throw new IllegalArgumentException("a real cluster has one type of GPU, and as many as any job wants, got "
                    + cluster.gpus() + " of " + cluster.types());
        }
        return GavelPolicies.named(policy, 0, 0)
                .map(decider -> new GavelDeployment(jobs, table, cluster, decider, rules).run());
    }

    private GavelOutcome run() {
        double first = list.isEmpty() ? 0 : list.get(0).arrivalSeconds();
        until(first);
        present = place(choose(first));
        present.forEach((job, gpus) -> start(job, gpus, first));
        double start = first;
        while (arrived < list.size() || jobs.stream().anyMatch(job -> !job.gone)) {
            start = round(start);
        }
        return new GavelOutcome(
                Arrays.stream(completions).boxed().toList(),
                endSeconds,
                gpuSeconds / (freeSeconds.length * endSeconds),
                rounds);
    }

    /** Plays a round and says when it ends. */
    private double round(double start) {
        rounds++;
        double end = start + rules.roundSeconds();
        for (DeployedJob job : jobs) {
            job.stopped = false;
            job.report(REPORTED_BEFORE_THE_END * rules.roundSeconds());
        }
        double middle = start + AHEAD * rules.roundSeconds();
        until(middle);
        Map<DeployedJob, int[]> next = place(choose(middle));
        Set<DeployedJob> extended = new LinkedHashSet<>();
        for (DeployedJob job : present.keySet()) {
            // A process that is being saved has not reported yet.
            boolean ended = job.stopped && job.goneSeconds <= middle;
            if (!job.gone && !ended && next.containsKey(job) && job.isOn(next.get(job))) {
                extended.add(job);
            }
        }
        Set<DeployedJob> early = startEarly(middle, next, extended);
        until(end);
        double last = end;
        for (DeployedJob job : present.keySet()) {
            if (job.training && !extended.contains(job) && !early.contains(job)) {
                stop(job, end);
            }
            last = Math.max(last, job.training ? 0 : job.goneSeconds);
            if (!next.containsKey(job)) {
                job.forgetPlace();
            }
        }
        for (Map.Entry<DeployedJob, int[]> entry : next.entrySet()) {
            DeployedJob job = entry.getKey();
            if (!job.gone && !job.training && !early.contains(job)) {
                start(job, entry.getValue(), extended.contains(job) ? last : end);
            }
        }
        present = next;
        return last;
    }

    /** Jobs of the next round whose GPUs are free already do not wait for it. */
    private Set<DeployedJob> startEarly(double middle, Map<DeployedJob, int[]> next, Set<DeployedJob> extended) {
        boolean[] busy = new boolean[freeSeconds.length];
        jobs.stream().filter(job -> job.training).forEach(job -> mark(busy, job.place));
        Set<DeployedJob> early = new LinkedHashSet<>();
        next.forEach((job, gpus) -> {
            if (!extended.contains(job) && !job.training && Arrays.stream(gpus).noneMatch(gpu -> busy[gpu])) {
                start(job, gpus, middle);
                mark(busy, gpus);
                early.add(job);
            }
        });
        return early;
    }

    private static void mark(boolean[] gpus, int[] which) {
        for (int gpu : which) {
            gpus[gpu] = true;
        }
    }

    /** Starts a job when its last process and those on its GPUs are gone. */
    private void start(DeployedJob job, int[] gpus, double earliest) {
        double free = Math.max(earliest, job.goneSeconds);
        for (int gpu : gpus) {
            free = Math.max(free, freeSeconds[gpu]);
        }
        job.place = gpus;
        job.start(free + halfARestart);
    }

    private void stop(DeployedJob job, double seconds) {
        gpuSeconds += job.stop(seconds, halfARestart) * job.unit.gpus;
        for (int gpu : job.place) {
            freeSeconds[gpu] = job.goneSeconds;
        }
    }

    /** Lets jobs come, end epochs and leave, in the order of time. */
    private void until(double end) {
        while (true) {
            DeployedJob first = null;
            double when = end;
            for (DeployedJob job : jobs) {
                if (job.training && job.nextEvent() < when) {
                    when = job.nextEvent();
                    first = job;
                }
            }
            if (arrived < list.size() && list.get(arrived).arrivalSeconds() <= when) {
                double arrival = list.get(arrived).arrivalSeconds();
                admit();
                decide(arrival);
            } else if (first == null) {
                break;
            } else {
                first.advance(when);
                happen(first, when);
            }
        }
        jobs.stream().filter(job -> job.training).forEach(job -> job.advance(end));
    }

    private void admit() {
        GavelJob added = list.get(arrived);
        double speed = table.alone(gpuType, added.type(), added.gpus());
        jobs.add(new DeployedJob(arrived, added, speed, rules.roundSeconds() / 2));
        arrived++;
        changed = true;
    }

    private void happen(DeployedJob job, double seconds) {
        boolean done = job.isDone();
        if (!done && !job.endsWithEpoch((type, gpus) -> hasSpeed(job, type, gpus))) {
            return;
        }
        stop(job, seconds);
        job.stopped = true;
        changed = true;
        if (done || job.batch.left() <= 0) {
            job.gone = true;
            completions[job.index] = job.goneSeconds - job.submittedSeconds;
            endSeconds = Math.max(endSeconds, job.goneSeconds);
        }
        decide(seconds);
    }

    private boolean hasSpeed(DeployedJob job, String type, int gpus) {
        boolean has = table.has(gpuType, type, gpus);
        if (has) {
            job.unit.speeds[0][0] = table.alone(gpuType, type, gpus);
        }
        return has;
    }

    private void decide(double seconds) {
        List<DeployedJob> here = jobs.stream().filter(job -> !job.gone).toList();
        if (here.isEmpty()) {
            return;
        }
        ShareDemand demand = new ShareDemand(
                here.stream().map(job -> Integer.toString(job.index)).toList(),
                here.stream().map(job -> job.unit.speeds[0]).toArray(double[][]::new),
                here.stream().mapToInt(job -> job.unit.gpus).toArray(),
                each(here, job -> list.get(job.index).weight()),
                each(here, job -> Math.max(1, job.batch.left() - job.knownSteps)),
                each(here, job -> seconds - job.submittedSeconds),
                new int[] {freeSeconds.length});
        policy.decide(here.stream().map(job -> job.unit).toList(), demand);
    }

    private static double[] each(List<DeployedJob> jobs, ToDoubleFunction<DeployedJob> value) {
        return jobs.stream().mapToDouble(value).toArray();
    }

    /** The jobs that have received the least of their shares, as many as there are GPUs for. */
    private List<DeployedJob> choose(double now) {
        List<DeployedJob> order =
                new ArrayList<>(jobs.stream().filter(job -> !job.gone).toList());
        boolean elapsed = now - countedFrom >= rules.leastSecondsBetweenDecisions() || countedFrom == 0;
        if (changed && elapsed) {
            order.forEach(job -> countAnew(job.unit, now - countedFrom));
            countedFrom = now;
            changed = false;
        }
        order.forEach(job -> job.unit.priority[0] = job.unit.share(0) / received(job, now));
        order.sort(Comparator.<DeployedJob>comparingDouble(job -> -job.unit.priority[0])
                .thenComparingDouble(job -> -job.unit.deficit[0])
                .thenComparingDouble(job -> -job.unit.share(0)));
        int free = freeSeconds.length;
        List<DeployedJob> chosen = new ArrayList<>();
        for (DeployedJob job : order) {
            if (job.unit.gpus <= free) {
                free -= job.unit.gpus;
                chosen.add(job);
            }
        }
        return chosen;
    }

    private void countAnew(Unit unit, double elapsed) {
        double atFirst = rules.roundSeconds() / 2;
        unit.deficit[0] += unit.share(0) * elapsed - (unit.received[0] - atFirst);
        unit.received[0] = atFirst;
    }

    /** Time under leases that ended, and since the last start of a job that has GPUs. */
    private double received(DeployedJob job, double now) {
        boolean dispatched = job.place.length > 0 && !Double.isNaN(job.lastSeconds);
        double since = Math.max(Math.min(job.lastSeconds, now), countedFrom);
        return job.unit.received[0] + (dispatched ? now - since : 0);
    }

    /** Gives GPUs to jobs, the widest first; each keeps those that it has where no wider job took them. */
    private Map<DeployedJob, int[]> place(List<DeployedJob> chosen) {
        Map<DeployedJob, int[]> places = new LinkedHashMap<>();
        boolean[] used = new boolean[freeSeconds.length];
        int[] widths = chosen.stream()
                .mapToInt(job -> -job.unit.gpus)
                .distinct()
                .sorted()
                .toArray();
        for (int width : widths) {
            List<DeployedJob> wide =
                    chosen.stream().filter(job -> job.unit.gpus == -width).toList();
            for (DeployedJob job : wide) {
                if (job.place.length > 0 && Arrays.stream(job.place).noneMatch(gpu -> used[gpu])) {
                    places.put(job, job.place);
                    mark(used, job.place);
                }
            }
            for (DeployedJob job : wide) {
                if (!places.containsKey(job)) {
                    int[] free = IntStream.range(0, used.length)
                            .filter(gpu -> !used[gpu])
                            .limit(job.unit.gpus)
                            .toArray();
                    places.put(job, free);
                    mark(used, free);
                }
            }
        }
        return places;
    }
}
