package trainyard.scenario.workload.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Workload;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReasons;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.ClusterRecord.Stay;
import trainyard.scheduler.run.watch.Displacements;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.sim.engine.SimTime;

/**
 * The queue of a cluster at a moment: who waits, why, and when each would start by what is known then.
 *
 * @param seconds the moment, from the start of the run
 * @param running jobs that run
 * @param heldGpus GPUs that they hold
 * @param gpus GPUs of the cluster
 * @param waiting jobs that wait, in the order of their submission
 */
public record QueueAt(double seconds, int running, double heldGpus, int gpus, List<Waiting> waiting) {

    /** Why no start of a job can be told. */
    public enum NoStart {
        /** It waits for jobs that nobody knows yet, or for nodes that do not come back by themselves. */
        NEVER("never", "by what is known jobs to come or nodes to return are in its way"),
        /** Which trials of a sweep go on is open. */
        UNKNOWN("unknown", "which trials of a sweep go on is open");

        private final String word;
        private final String reason;

        NoStart(String word, String reason) {
            this.word = word;
            this.reason = reason;
        }

        /** What stands in place of the time. */
        public String word() {
            return word;
        }

        public String reason() {
            return reason;
        }
    }

    /**
     * A job that waits.
     *
     * @param job its name
     * @param team whose it is; empty for nobody's
     * @param gpus how many it wants
     * @param submittedSeconds when it was submitted
     * @param why what is in its way
     * @param startSeconds when it would start, or start again, if all run as long as their owners state, nobody else comes and nothing
     *     breaks; empty if it never would
     * @param noStart why none can be told, where none can
     * @param reservedSeconds from when its policy keeps GPUs for it as the queue stands, where it keeps some; it may start before or, where its GPUs
     *     have to lie together, after
     * @param stopped for whom it was stopped, if it ran before and was
     */
    public record Waiting(
            String job,
            String team,
            double gpus,
            double submittedSeconds,
            String why,
            OptionalDouble startSeconds,
            Optional<NoStart> noStart,
            OptionalDouble reservedSeconds,
            Optional<Stopped> stopped) {}

    /**
     * A job made place.
     *
     * @param forJob the one that came first
     * @param atSeconds when
     */
    public record Stopped(String forJob, double atSeconds) {}

    public QueueAt {
        waiting = List.copyOf(waiting);
    }

    /**
     * @param workload a cluster under many jobs
     * @throws ScenarioException if it is another workload
     */
    public static QueueAt of(Workload workload, double seconds) {
        ClusterRun run = run(workload);
        ClusterDesign design = run.design();
        List<ClusterJob> jobs = run.admitted().jobs();
        long now = SimTime.nanos(seconds);
        WaitReasons reasons = new WaitReasons(run.policy(), now);
        ClusterRecord record = new ClusterRecord();
        Displacements displacements = new Displacements(now);
        run.outcome(reasons, JobWatcher.of(record, displacements));
        Map<String, Long> starts =
                run.sweeps().isEmpty() ? run.foreseen(forecast -> forecast.waitingNanos(jobs, now)) : Map.of();
        List<Stay> stays = record.stays().stream()
                .filter(stay -> stay.fromNanos() <= now && now < stay.toNanos())
                .toList();
        return new QueueAt(
                seconds,
                running(stays, record, now),
                stays.stream().mapToInt(Stay::gpus).sum()
                        / (double) design.layout().partsPerGpu(),
                design.layout().gpus(),
                waiting(jobs, now, reasons, starts, run.sweeps().isEmpty(), displacements));
    }

    /** Who shares the GPUs of another has no stay. */
    private static int running(List<Stay> stays, ClusterRecord record, long now) {
        long beside = record.turns().stream()
                .filter(turn -> turn.turn() > 0 && turn.fromNanos() <= now && now < turn.toNanos())
                .count();
        return (int) (stays.stream().mapToInt(Stay::job).distinct().count() + beside);
    }

    private static List<Waiting> waiting(
            List<ClusterJob> jobs,
            long now,
            WaitReasons reasons,
            Map<String, Long> starts,
            boolean withoutSweeps,
            Displacements displacements) {
        Map<String, WaitReasons.Entry> entries = new HashMap<>();
        reasons.entries().forEach(entry -> entries.put(entry.job(), entry));
        return IntStream.range(0, jobs.size())
                .filter(i ->
                        entries.containsKey(jobs.get(i).id()) && jobs.get(i).submitNanos() <= now)
                .mapToObj(i -> new Waiting(
                        jobs.get(i).id(),
                        jobs.get(i).team(),
                        jobs.get(i).gpuAmount(),
                        SimTime.seconds(jobs.get(i).submitNanos()),
                        why(entries.get(jobs.get(i).id())),
                        seconds(starts.get(jobs.get(i).id())),
                        starts.containsKey(jobs.get(i).id())
                                ? Optional.empty()
                                : Optional.of(withoutSweeps ? NoStart.NEVER : NoStart.UNKNOWN),
                        reserved(entries.get(jobs.get(i).id()).reason()),
                        displacements
                                .of(i)
                                .map(stop ->
                                        new Stopped(jobs.get(stop.forJob()).id(), SimTime.seconds(stop.atNanos())))))
                .toList();
    }

    private static String why(WaitReasons.Entry entry) {
        WaitReason reason = entry.reason();
        return reason.cause().sentence() + (entry.other().isEmpty() ? "" : ": " + entry.other());
    }

    private static OptionalDouble reserved(WaitReason reason) {
        return reason.atNanos() == WaitReason.UNKNOWN
                ? OptionalDouble.empty()
                : OptionalDouble.of(SimTime.seconds(reason.atNanos()));
    }

    private static OptionalDouble seconds(Long nanos) {
        return nanos == null ? OptionalDouble.empty() : OptionalDouble.of(SimTime.seconds(nanos));
    }

    /**
     * GPUs that a team may use at most by its quota, with what it may borrow; more than any cluster has where it has none.
     *
     * @throws ScenarioException if the workload is no cluster under many jobs
     */
    public static double mostGpus(Workload workload, String team) {
        return run(workload).design().admission().mostGpus(team);
    }

    /**
     * When a job would start that is submitted at a moment.
     *
     * @param team whose it is; empty for nobody's
     * @param gpus how many it wants
     * @param runSeconds how long its owner says that it runs
     * @return empty if it never would
     * @throws ScenarioException if it is no cluster under many jobs, one with sweeps, whose trials to come nobody knows, or there is
     *     no such team
     */
    public static OptionalDouble start(Workload workload, double seconds, String team, int gpus, double runSeconds) {
        ClusterRun run = run(workload);
        run.sweeps().stream().findFirst().ifPresent(sweep -> {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.PLAN,
                    "nobody knows yet which trials of sweep " + sweep.name() + " go on, so no start can be told",
                    "ask without --gpus"));
        });
        ClusterDesign design = run.design();
        design.admission().teams().refuseUnknown(team, run.admitted().jobs());
        long length = SimTime.nanos(runSeconds);
        ClusterJob asked = design.admission()
                .cells()
                .asMeant(new ClusterJob("asked", team, SimTime.nanos(seconds), gpus, length, length, JobTraits.NONE));
        List<ClusterJob> jobs = run.admitted().jobs();
        FreeGpus empty = design.layout().free();
        if (!design.placement().apply(jobs).choose(empty, asked, asked.parts(empty.partsPerGpu()), new NodeShares())) {
            return OptionalDouble.empty();
        }
        return run.foreseen(forecast -> forecast.startNanos(jobs, asked))
                .map(QueueAt::seconds)
                .orElse(OptionalDouble.empty());
    }

    private static ClusterRun run(Workload workload) {
        if (workload instanceof ClusterWorkload cluster) {
            return cluster.replication();
        }
        throw new ScenarioException(Problem.of(
                Problem.Kind.PLAN, "only a cluster under many jobs has a queue", "the scenario has no jobs"));
    }
}
