package trainyard.scenario.workload.cluster;

import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobForecastSection;
import trainyard.scenario.section.jobs.JobsBinding;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.forecast.PlannedDemand;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.random.RandomStreams;

/** Jobs of days to come. The past is that of the first replication, and looked at once. */
final class ForecastJobs implements JobsBinding.Source {

    private final JobsBinding.Source past;
    private final Values section;
    private Optional<Known> known = Optional.empty();

    private record Known(JobList list, PlannedDemand planned) {}

    ForecastJobs(JobsBinding.Source past, Values section) {
        this.past = past;
        this.section = section;
    }

    @Override
    public JobList draw(RandomStreams streams) {
        Known look = known(streams);
        JobList drawn = look.list().with(look.planned().jobs(streams));
        if (drawn.jobs().isEmpty()) {
            throw new ScenarioException(Problem.at(
                    section.position(),
                    Problem.Kind.PLAN,
                    "no job comes in the planned days",
                    "days before the end of the jobs (fit, ahead, plan), or play: forecast"));
        }
        return drawn;
    }

    /** What the past says of the days to come. */
    PlannedDemand planned(RandomStreams streams) {
        return known(streams).planned();
    }

    private synchronized Known known(RandomStreams streams) {
        if (known.isEmpty()) {
            JobList list = past.draw(streams.forReplication(0));
            known = Optional.of(new Known(list, JobForecastSection.bind(section, list.jobs())));
        }
        return known.get();
    }
}
