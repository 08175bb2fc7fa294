package trainyard.scenario.workload.cluster;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scheduler.job.ClusterJob;

/**
 * Teams that {@code scheduler.teams} names, against those of the jobs. A team without jobs may be meant: in a cohort it lends. One whose
 * name is near that of a team which has jobs but is not named is probably misspelt. A team of jobs that is not named is bound by no quota,
 * so that one which misses the name of another by a slip is refused.
 *
 * @param named teams that {@code scheduler.teams} names
 * @param ofJobs teams that {@code jobs} names
 * @param position where the teams are named
 * @param written where {@code jobs} names its teams; those of a recorded list are not here
 */
record TeamNames(List<String> named, List<String> ofJobs, Position position, Map<String, Position> written) {

    TeamNames {
        named = List.copyOf(named);
        ofJobs = List.copyOf(ofJobs);
        written = Map.copyOf(written);
    }

    static TeamNames of(Values jobs, Values scheduler) {
        return new TeamNames(
                SchedulerSection.teamNames(scheduler),
                JobsSection.teams(jobs),
                scheduler.position(SchedulerSection.TEAMS),
                JobsSection.teamPositions(jobs));
    }

    /**
     * @param jobs whose teams count beside those that the scenario names
     * @throws ScenarioException if a team is probably misspelt
     */
    void refuseMisspelt(List<ClusterJob> jobs) {
        Set<String> known = new TreeSet<>(ofJobs);
        jobs.forEach(job -> known.add(job.team()));
        // Jobs of nobody's team; no name is near an empty one.
        known.remove("");
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
        unnamed.forEach(team -> refuseSlip(team, named, written.getOrDefault(team, position)));
    }

    /**
     * @param team of a job that is asked for beside those of the scenario; empty for nobody's
     * @throws ScenarioException if neither the scenario names it nor a job is its
     */
    void refuseUnknown(String team, List<ClusterJob> jobs) {
        Set<String> known = new TreeSet<>(named);
        jobs.forEach(job -> known.add(job.team()));
        known.remove("");
        if (!team.isEmpty() && !known.contains(team)) {
            throw new ScenarioException(Problem.at(
                    new SourceText("--team", team).at(1, 1, team.length()),
                    Problem.Kind.VALUE,
                    "no job is of team " + team + ", and scheduler.teams does not name it",
                    Nearest.hint(team, known),
                    known.isEmpty() ? "there are no teams" : "teams: " + String.join(" ", known)));
        }
    }

    private static void refuseSlip(String team, Collection<String> known, Position where) {
        Nearest.slip(team, known).ifPresent(meant -> {
            throw new ScenarioException(Problem.at(
                    where,
                    Problem.Kind.VALUE,
                    "team " + team + " is not named in scheduler.teams, but there is a team " + meant,
                    "did you mean '" + meant + "'?",
                    "if both are meant, write '" + team + ": {}' there"));
        });
    }
}
