package trainyard.scenario.workload.cluster;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.JobsSection;
import trainyard.scenario.section.SchedulerSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.job.ClusterJob;

/**
 * Teams that {@code scheduler.teams} names, against those of the jobs. A team without jobs may be meant: in a cohort it lends. One whose
 * name is near that of a team which has jobs but is not named is probably misspelt.
 *
 * @param named teams that {@code scheduler.teams} names
 * @param ofJobs teams that {@code jobs} names
 * @param position where the teams are named
 */
record TeamNames(List<String> named, List<String> ofJobs, Position position) {

    static TeamNames of(Values jobs, Values scheduler) {
        return new TeamNames(
                SchedulerSection.teamNames(scheduler),
                JobsSection.teams(jobs),
                scheduler.position(SchedulerSection.TEAMS));
    }

    /**
     * @param jobs whose teams count beside those that the scenario names
     * @throws ScenarioException if a team is probably misspelt
     */
    void refuseMisspelt(List<ClusterJob> jobs) {
        Set<String> known = new TreeSet<>(ofJobs);
        jobs.forEach(job -> known.add(job.team()));
        Set<String> unnamed = new LinkedHashSet<>(known);
        named.forEach(unnamed::remove);
        for (String name : named) {
            Optional<String> meant = known.contains(name) ? Optional.empty() : Nearest.of(name, unnamed);
            if (meant.isPresent()) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.VALUE,
                        "no job is of team " + name + ", and scheduler.teams does not name team " + meant.get(),
                        "did you mean '" + meant.get() + "'?"));
            }
        }
    }
}
