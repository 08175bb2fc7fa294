package trainyard.scenario.workload.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/** The names of teams and classes in those of their metrics, which have small letters, digits and hyphens alone. */
final class GroupNames {

    private GroupNames() {}

    /** Reports teams, and classes, whose metrics would have the same names. */
    static void check(Values jobs, Optional<Values> scheduler, Problems problems) {
        Map<String, Position> teams = new LinkedHashMap<>(JobsSection.allTeamPositions(jobs));
        scheduler.map(SchedulerSection::teamPositions).ifPresent(named -> named.forEach(teams::putIfAbsent));
        refuseSame("team", teams, problems);
        refuseSame("class", JobsSection.classPositions(jobs), problems);
    }

    private static void refuseSame(String kind, Map<String, Position> written, Problems problems) {
        Map<String, String> byWord = new LinkedHashMap<>();
        written.forEach((name, position) -> {
            String other = byWord.putIfAbsent(JobGroup.word(name), name);
            if (other != null) {
                problems.add(
                        position,
                        Problem.Kind.VALUE,
                        kind + " '" + name + "' and " + kind + " '" + other + "' at "
                                + written.get(other).label() + " would both be " + kind + "."
                                + JobGroup.word(name) + " in the names of metrics",
                        "write the same name if one " + kind
                                + " is meant, else another one: letters a to z, digits and hyphens"
                                + " count, capitals do not");
            }
        });
    }
}
