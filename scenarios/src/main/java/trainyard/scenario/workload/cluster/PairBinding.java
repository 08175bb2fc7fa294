package trainyard.scenario.workload.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.jobs.trace.JobTraceSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.format.MeasuredPairs;
import trainyard.scheduler.speed.PairSpeeds;

/** How fast two jobs are that {@code scheduler.space-sharing} puts on the same GPUs: as stated, or as measured. */
final class PairBinding {

    private PairBinding() {}

    /**
     * The speeds of pairs; {@link PairSpeeds#NONE} where jobs have their GPUs for themselves.
     *
     * @throws ScenarioException if nothing says how fast pairs are, or it says that none is worthwhile
     */
    static PairSpeeds bind(Values jobs, Values scheduler) {
        if (!SchedulerSection.pairsJobs(scheduler)) {
            return PairSpeeds.NONE;
        }
        return jobs.find(JobsSection.SHARING_SLOWDOWN)
                .map(factors -> stated(factors, jobs.position(JobsSection.SHARING_SLOWDOWN)))
                .orElseGet(() -> measured(jobs, scheduler));
    }

    private static PairSpeeds stated(List<Double> factors, Position position) {
        if (factors.size() != 1) {
            throw problem(
                    position,
                    "with space-sharing two jobs at most have the same GPUs, which needs one factor, got "
                            + factors.size(),
                    "sharing-slowdown: [1.4]");
        }
        double factor = factors.get(0);
        if (factor >= 2) {
            throw problem(
                    position,
                    "two jobs that take " + factor
                            + " times as long beside each other do no more than by turns, so space-sharing has"
                            + " no effect",
                    "write a factor below 2, or drop space-sharing");
        }
        return PairSpeeds.stated(factor);
    }

    private static PairSpeeds measured(Values jobs, Values scheduler) {
        MeasuredPairs pairs = jobs.find(JobsSection.TRACE)
                .flatMap(JobTraceSection::pairs)
                .orElseThrow(
                        () -> problem(
                                scheduler.position(SchedulerSection.SPACE_SHARING),
                                "nothing says how fast two jobs are on the same GPUs",
                                "write jobs.sharing-slowdown: [1.4], or a jobs.trace of the format gavel, whose tables say it"));
        Set<String> pools = jobs.find(JobsSection.POOLS).orElse(Map.of()).keySet();
        for (String pool : pools) {
            if (!pairs.gpuTypes().contains(pool)) {
                String near = Nearest.hint(pool, pairs.gpuTypes());
                throw problem(
                        jobs.position(JobsSection.POOLS),
                        "the tables of jobs.trace do not say how fast two jobs are on the GPUs of pool " + pool,
                        near.isEmpty()
                                ? "name pools as they name types: " + String.join(", ", pairs.gpuTypes())
                                : near);
            }
        }
        // Whatever the GPUs of one pool are called, they are those on which run times hold.
        return pools.isEmpty() ? (job, other, gpuType) -> pairs.of(job, other, "") : pairs;
    }

    private static ScenarioException problem(Position position, String what, String fix) {
        return new ScenarioException(Problem.at(position, Problem.Kind.PLAN, what, fix));
    }
}
