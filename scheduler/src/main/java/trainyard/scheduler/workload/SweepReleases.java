package trainyard.scheduler.workload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.workload.HyperparameterSweep.Stopping;

/** Decides which trials of a sweep go on to the next rung. */
public final class SweepReleases implements JobReleases {

    private enum State {
        WAITS,
        TRAINED,
        GOES_ON,
        STOPPED
    }

    private final HyperparameterSweep sweep;
    private final TrialScores scores;
    /** Number of the job of each rung and trial. */
    private final int[][] job;

    private final Map<Integer, Integer> placeOfJob = new HashMap<>();
    private final State[][] state;
    /** Trials that reach a rung; known once the rung below is over. */
    private final int[] reach;

    private SweepReleases(HyperparameterSweep sweep, TrialScores scores, List<ClusterJob> jobs) {
        this.sweep = sweep;
        this.scores = scores;
        int rungs = sweep.rungNanos().size();
        Map<String, Integer> byId = new HashMap<>();
        for (int number = 0; number < jobs.size(); number++) {
            byId.put(jobs.get(number).id(), number);
        }
        job = new int[rungs][sweep.trials()];
        state = new State[rungs][sweep.trials()];
        reach = new int[rungs];
        Arrays.fill(reach, -1);
        reach[0] = sweep.trials();
        for (int rung = 0; rung < rungs; rung++) {
            Arrays.fill(state[rung], State.WAITS);
            for (int trial = 0; trial < sweep.trials(); trial++) {
                job[rung][trial] = byId.get(sweep.name(trial, rung));
                placeOfJob.put(job[rung][trial], rung * sweep.trials() + trial);
            }
        }
    }

    /** The rule of a sweep whose jobs are in the list. */
    public static JobReleases.Rule of(HyperparameterSweep sweep, TrialScores scores) {
        return jobs -> new SweepReleases(sweep, scores, jobs);
    }

    @Override
    public boolean holds(int number) {
        Integer place = placeOfJob.get(number);
        if (place == null || place < sweep.trials()) {
            return false;
        }
        return state[place / sweep.trials() - 1][place % sweep.trials()] != State.GOES_ON;
    }

    @Override
    public void finished(int number, boolean done, IntConsumer release, IntConsumer drop) {
        Integer place = placeOfJob.get(number);
        if (place == null) {
            return;
        }
        int rung = place / sweep.trials();
        int trial = place % sweep.trials();
        if (state[rung][trial] != State.WAITS) {
            return;
        }
        state[rung][trial] = done ? State.TRAINED : State.STOPPED;
        for (int next = rung; next < state.length - 1; next++) {
            decide(next, release, drop);
        }
    }

    private void decide(int rung, IntConsumer release, IntConsumer drop) {
        int over = count(rung, State.WAITS, false);
        boolean all = over == reach[rung];
        if (sweep.stopping() != Stopping.SYNCHRONOUS || all) {
            goOn(rung, release);
        }
        if (all) {
            stopOthers(rung, drop);
        }
    }

    private int count(int rung, State wanted, boolean equal) {
        int count = 0;
        for (int trial = 0; trial < sweep.trials(); trial++) {
            boolean reached = rung == 0 || state[rung - 1][trial] == State.GOES_ON;
            count += reached && (state[rung][trial] == wanted) == equal ? 1 : 0;
        }
        return count;
    }

    /** The best of those trained in a rung go on. */
    private void goOn(int rung, IntConsumer release) {
        int trained = count(rung, State.TRAINED, true) + count(rung, State.GOES_ON, true);
        int best = sweep.stopping() == Stopping.NONE ? trained : trained / sweep.eta();
        for (int trial : ranked(rung, best)) {
            if (state[rung][trial] == State.TRAINED) {
                state[rung][trial] = State.GOES_ON;
                release.accept(job[rung + 1][trial]);
            }
        }
    }

    private int[] ranked(int rung, int best) {
        return IntStream.range(0, sweep.trials())
                .filter(trial -> state[rung][trial] == State.TRAINED || state[rung][trial] == State.GOES_ON)
                .boxed()
                .sorted((a, b) -> Double.compare(scores.score(b, rung), scores.score(a, rung)))
                .limit(best)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A rung is over: all that do not go on are stopped for good. */
    private void stopOthers(int rung, IntConsumer drop) {
        int going = 0;
        for (int trial = 0; trial < sweep.trials(); trial++) {
            if (state[rung][trial] == State.GOES_ON) {
                going++;
            } else if (state[rung + 1][trial] == State.WAITS) {
                state[rung][trial] = State.STOPPED;
                for (int above = rung + 1; above < state.length; above++) {
                    state[above][trial] = State.STOPPED;
                    drop.accept(job[above][trial]);
                }
            }
        }
        reach[rung + 1] = going;
    }
}
