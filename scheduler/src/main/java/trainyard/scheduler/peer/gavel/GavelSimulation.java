package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.peer.PythonRandom;

/**
 * Its rounds. Shares are decided anew where a job came or left and 1,920 s have passed since the last time. In each round units
 * run by their share over the part of the time that they received since; the round ends with the last slice in it, and only
 * then arrivals are admitted. A slice is a whole number of steps; one of fewer steps than GPUs fails, and a job that fails five
 * times in a row is given up.
 */
public final class GavelSimulation {

    private static final int MOST_FAILURES = 5;
    private static final double NEVER_RAN = 1e9;
    private static final int SHUFFLER = 5;
    /** Rounds without a job that runs and without an arrival to come, after which it would go on for ever. */
    private static final int MOST_IDLE_ROUNDS = 100;

    private final List<GavelJob> list;
    private final GavelThroughputs table;
    private final GavelCluster cluster;
    private final UnitPolicy policy;
    private final PythonRandom shuffler;
    private final GavelRules rules;

    private final List<Unit> units = new ArrayList<>();
    private final long[] stepsLeft;
    private final BatchSize[] batches;
    private final int[] failures;
    private final double[] completions;
    private final double[] received;
    private final List<Slice> running = new ArrayList<>();
    /** Jobs that ran in the round before the one that just ended; empty in the first. */
    private Optional<Set<Integer>> ranBefore = Optional.empty();

    private int rounds;
    private double now;
    private double roundStart;
    private double roundEnd = Double.NaN;
    private double lastDecision;
    private boolean changed = true;
    private int arrived;
    private int left;
    private double gpuSeconds;

    /** A unit that runs in the present round. */
    private record Slice(Unit unit, int type, long[] steps, double end) {}

    private GavelSimulation(
            List<GavelJob> jobs,
            GavelThroughputs table,
            GavelCluster cluster,
            UnitPolicy policy,
            int seed,
            GavelRules rules) {
        this.list = jobs;
        this.rules = rules;
        this.table = table;
        this.cluster = cluster;
        this.policy = policy;
        this.shuffler = new PythonRandom(seed + SHUFFLER);
        this.stepsLeft = jobs.stream().mapToLong(GavelJob::steps).toArray();
        this.batches = jobs.stream().map(BatchSize::new).toArray(BatchSize[]::new);
        this.failures = new int[jobs.size()];
        this.completions = new double[jobs.size()];
        this.received = new double[cluster.types().size()];
        this.left = jobs.size();
    }

    /**
     * Plays a list of jobs.
     *
     * @param jobs in the order of arrival
     * @param policy as on its command line
     * @param seed of its generators
     * @param rules of its rounds
     * @return empty if it has no such policy
     * @throws IllegalArgumentException if a job wants more GPUs than the largest type has
     */
    public static Optional<GavelOutcome> run(
            List<GavelJob> jobs,
            GavelThroughputs table,
            GavelCluster cluster,
            String policy,
            int seed,
            GavelRules rules) {
        int most = cluster.gpus().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (GavelJob job : jobs) {
            if (job.gpus() > most) {
                throw new IllegalArgumentException(
                        "a job wants " + job.gpus() + " GPUs, and no type has more than " + most);
            }
        }
        int fastest = cluster.fastestFirst().get(0);
        return GavelPolicies.named(policy, seed, fastest)
                .map(decider -> new GavelSimulation(jobs, table, cluster, decider, seed, rules).run());
    }

    private GavelOutcome run() {
        now = list.isEmpty() ? 0 : list.get(0).arrivalSeconds();
        int idle = 0;
        while (left > 0) {
            boolean more = arrived < list.size();
            if (!more && running.isEmpty()) {
                lastDecision = rules.decidesWhenIdle() ? 0 : lastDecision;
                if (++idle > MOST_IDLE_ROUNDS) {
                    throw new IllegalArgumentException(left + " jobs never run");
                }
            }
            advance(more);
            complete();
            admit();
            schedule();
        }
        List<Double> done = new ArrayList<>();
        for (double completion : completions) {
            done.add(completion);
        }
        return new GavelOutcome(done, now, gpuSeconds / (cluster.all() * now), rounds);
    }

    /** To the end of the round, or to the next arrival where nothing runs. */
    private void advance(boolean more) {
        double end = running.stream().mapToDouble(Slice::end).max().orElse(0);
        if (end > 0) {
            if (!Double.isNaN(roundEnd)) {
                roundStart = roundEnd;
            }
            roundEnd = end;
            now = end;
        } else if (more) {
            now = list.get(arrived).arrivalSeconds();
        }
    }

    /** Ends the slices, the last one first. */
    private void complete() {
        running.sort(Comparator.comparingDouble(Slice::end).reversed().thenComparingInt(slice -> slice.unit().first));
        for (Slice slice : running) {
            double seconds = slice.end() - roundStart;
            double lost = lostSeconds(slice, seconds);
            for (int i = 0; lost > 0 && i < slice.steps().length; i++) {
                slice.steps()[i] = (long) (slice.steps()[i] * ((seconds - lost) / seconds));
            }
            if (hasFailed(slice, seconds)) {
                fail(slice);
            } else {
                credit(slice, seconds - lost);
            }
        }
        Set<Integer> ran = new HashSet<>();
        running.forEach(slice -> ran.addAll(slice.unit().jobs()));
        ranBefore = Optional.of(ran).filter(jobs -> rounds > 0);
        rounds += running.isEmpty() ? 0 : 1;
        running.clear();
    }

    /** What a job loses where it was not in the round before; nothing in the first round and in a short slice. */
    private double lostSeconds(Slice slice, double seconds) {
        boolean resumed = ranBefore.isPresent() && !ranBefore.get().contains(slice.unit().first);
        return resumed && seconds > rules.leastSecondsThatLose() ? rules.restartSeconds() : 0;
    }

    /** Steps are dealt out to GPUs evenly; a GPU without any has failed. */
    private boolean hasFailed(Slice slice, double seconds) {
        if (rules.forgivesShortSlices()) {
            return seconds <= 0 && slice.steps()[0] <= 0;
        }
        boolean failed = seconds <= 0;
        for (long steps : slice.steps()) {
            failed |= steps <= 0 || slice.unit().gpus > 1 && steps / slice.unit().gpus <= 0;
        }
        return failed;
    }

    private void fail(Slice slice) {
        Unit unit = slice.unit();
        changed = true;
        if (!unit.isPair() && ++failures[unit.first] >= MOST_FAILURES) {
            remove(
                    unit.first,
                    rules.forgivesShortSlices() ? now - list.get(unit.first).arrivalSeconds() : Double.NaN);
        }
    }

    private void credit(Slice slice, double seconds) {
        Unit unit = slice.unit();
        unit.received[slice.type()] += seconds;
        received[slice.type()] += seconds;
        gpuSeconds += seconds * unit.gpus;
        for (int i = 0; i < unit.jobs().size(); i++) {
            int job = unit.jobs().get(i);
            failures[job] = unit.isPair() ? failures[job] : 0;
            stepsLeft[job] -= slice.steps()[i];
            if (stepsLeft[job] <= 0) {
                remove(job, slice.end() - list.get(job).arrivalSeconds());
            } else {
                stepsLeft[job] = batches[job].after(
                        slice.steps()[i], (type, gpus) -> !unit.isPair() && hasSpeed(unit, type, gpus));
            }
        }
    }

    /** Sets the speeds of a unit to those of another type of job, if all of them are known. */
    private boolean hasSpeed(Unit unit, String type, int gpus) {
        List<String> types = cluster.types();
        if (!types.stream().allMatch(gpu -> table.has(gpu, type, gpus))) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            unit.speeds[0][i] = table.alone(types.get(i), type, gpus);
        }
        return true;
    }

    private void remove(int job, double completion) {
        completions[job] = completion;
        units.removeIf(unit -> unit.has(job));
        changed = true;
        left--;
    }

    private void admit() {
        while (arrived < list.size() && list.get(arrived).arrivalSeconds() <= now) {
            add(arrived++);
        }
    }

    private void add(int job) {
        GavelJob added = list.get(job);
        double[] speed = new double[cluster.types().size()];
        for (int type = 0; type < speed.length; type++) {
            speed[type] = table.alone(cluster.types().get(type), added.type(), added.gpus());
        }
        List<Unit> alone = units.stream().filter(unit -> !unit.isPair()).toList();
        units.add(new Unit(job, added.gpus(), speed, rules.roundSeconds() / 2));
        if (policy.packs()) {
            alone.stream()
                    .filter(other -> other.gpus == added.gpus())
                    .forEach(other ->
                            units.add(new Unit(other.first, job, added.gpus(), together(other.first, job), 0)));
        }
        changed = true;
    }

    private double[][] together(int first, int second) {
        double[][] speeds = new double[2][cluster.types().size()];
        for (int type = 0; type < cluster.types().size(); type++) {
            double[] both = table.together(
                    cluster.types().get(type),
                    list.get(first).type(),
                    list.get(second).type(),
                    list.get(first).gpus());
            speeds[0][type] = both[0];
            speeds[1][type] = both[1];
        }
        return speeds;
    }

    private void schedule() {
        if (changed && (now - lastDecision >= rules.leastSecondsBetweenDecisions() || lastDecision == 0)) {
            decide();
        }
        prioritise();
        List<Integer> types = new ArrayList<>(cluster.fastestFirst());
        if (!policy.ordered()) {
            shuffler.shuffle(types);
        }
        Set<Integer> taken = new HashSet<>();
        for (int type : types) {
            fill(type, taken);
        }
    }

    /** Counts what each unit did not receive of its share, and decides shares anew. */
    private void decide() {
        double elapsed = now - lastDecision;
        for (int type = 0; type < received.length; type++) {
            received[type] = 0;
            for (Unit unit : units) {
                unit.deficit[type] += unit.share(type) * elapsed - (unit.received[type] - rules.roundSeconds() / 2);
                unit.received[type] = rules.roundSeconds() / 2;
                received[type] += rules.roundSeconds() / 2;
            }
        }
        lastDecision = now;
        if (!units.isEmpty()) {
            policy.decide(units, demand());
        }
        changed = false;
    }

    private ShareDemand demand() {
        List<Unit> jobs = units.stream().filter(unit -> !unit.isPair()).toList();
        int count = jobs.size();
        double[][] speeds = new double[count][];
        int[] gpus = new int[count];
        double[] weights = new double[count];
        double[] steps = new double[count];
        double[] since = new double[count];
        for (int i = 0; i < count; i++) {
            int job = jobs.get(i).first;
            speeds[i] = jobs.get(i).speeds[0];
            gpus[i] = jobs.get(i).gpus;
            weights[i] = list.get(job).weight();
            steps[i] = stepsLeft[job];
            since[i] = now - list.get(job).arrivalSeconds();
        }
        List<String> ids =
                jobs.stream().map(unit -> Integer.toString(unit.first)).toList();
        return new ShareDemand(ids, speeds, gpus, weights, steps, since, cluster.fleet());
    }

    private void prioritise() {
        for (int type = 0; type < received.length; type++) {
            for (Unit unit : units) {
                double share = unit.share(type);
                double part = received[type] == 0 ? 0 : unit.received[type] / received[type];
                double priority = part > 0 ? share / part : share * NEVER_RAN;
                unit.priority[type] = share == 0 || !unit.runsOn(type) ? 0 : priority;
            }
        }
    }

    /** Hands out the GPUs of a type. A unit without a share may be chosen and does not run: its GPUs idle. */
    private void fill(int type, Set<Integer> taken) {
        List<Unit> order = new ArrayList<>(units);
        order.sort(Comparator.<Unit>comparingDouble(unit -> -unit.priority[type])
                .thenComparingDouble(unit -> -unit.deficit[type])
                .thenComparingDouble(unit -> -unit.share(type)));
        int free = cluster.gpus().get(type);
        for (Unit unit : order) {
            boolean idle = policy.skipsWithoutPriority() && unit.priority[type] <= 0;
            boolean has = taken.contains(unit.first) || unit.isPair() && taken.contains(unit.second);
            if (free > 0 && !has && !idle && unit.runsOn(type) && unit.gpus <= free) {
                free -= unit.gpus;
                taken.addAll(unit.jobs());
                if (unit.shares.length > 0) {
                    run(unit, type);
                }
            }
        }
    }

    private void run(Unit unit, int type) {
        long[] steps = new long[unit.jobs().size()];
        double end = now;
        for (int i = 0; i < steps.length; i++) {
            double speed = unit.speeds[i][type];
            steps[i] = Math.min(
                    (long) (speed * rules.roundSeconds()), stepsLeft[unit.jobs().get(i)]);
            end = Math.max(end, now + steps[i] / speed);
        }
        running.add(new Slice(unit, type, steps, end));
    }
}
