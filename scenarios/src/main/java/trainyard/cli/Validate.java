package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Outcome;

/** Checks scenarios without writing anything. */
@Command(
        name = "validate",
        description =
                "Check a scenario: keys, units, degrees, memory; print the plan that follows from it, or what its first replication comes to.",
        mixinStandardHelpOptions = true)
final class Validate implements Callable<Integer> {

    /** Cells that are printed; of a larger sweep the others are looked at only until one can run. */
    private static final int MAX_PRINTED = 8;

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ScenarioOptions scenarios;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario; - reads standard input.")
    private List<String> files;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        List<ObjectNode> documents = new ArrayList<>();
        for (String file : files) {
            try {
                documents.add(validate(file));
            } catch (ScenarioException wrong) {
                wrong.problems().forEach(problems::add);
            }
        }
        problems.throwIfAny();
        if (output.json()) {
            ObjectNode document = Json.object().put("ok", true);
            ArrayNode list = document.putArray("scenarios");
            documents.forEach(list::add);
            trainyard.terminal().out().println(document.toPrettyString());
        }
        return ExitCode.OK.code();
    }

    private ObjectNode validate(String file) {
        Study study = scenarios.study(file, trainyard.terminal(), scenarios.quick(), List.of());
        Preflight.check(study);
        List<String> lines = new ArrayList<>();
        List<Problem> obstacles = new ArrayList<>();
        boolean runs = false;
        for (Cell cell : study.cells()) {
            boolean printed = cell.index() < MAX_PRINTED;
            if (!printed && runs) {
                break;
            }
            Outcome outcome = outcome(study, cell);
            outcome.infeasible().ifPresent(obstacles::add);
            runs |= outcome.isFeasible();
            if (printed || outcome.isFeasible()) {
                lines.add(PlanLine.of(study, cell, outcome));
            }
        }
        if (!runs) {
            throw new ScenarioException(
                    obstacles.stream().distinct().limit(MAX_PRINTED).toList());
        }
        if (!output.json()) {
            print(file, study, lines);
        }
        ObjectNode document =
                Json.object().put("file", file).put("cells", study.cells().size());
        ArrayNode plans = document.putArray("plans");
        lines.forEach(plans::add);
        return document;
    }

    private static Outcome outcome(Study study, Cell cell) {
        try {
            return study.workload(cell).preview();
        } catch (ScenarioException wrong) {
            return new Outcome(
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    Optional.of(wrong.problems().get(0)));
        }
    }

    private void print(String file, Study study, List<String> lines) {
        int cells = study.cells().size();
        trainyard.terminal().out().println(file + ": ok" + (cells == 1 ? "" : "   " + shown(lines.size(), cells)));
        Beforehand.of(study).forEach(line -> trainyard.terminal().out().println("  " + line));
        lines.forEach(line -> trainyard.terminal().out().println("  " + line));
        if (cells > lines.size()) {
            trainyard
                    .terminal()
                    .out()
                    .println("  ... and " + (cells - lines.size()) + " more cells, which only a run shows");
        }
    }

    /** Which cells follow: all, or the first ones and, where none of these can run, the first that can. */
    private static String shown(int lines, int cells) {
        String all = cells + " cells";
        return lines == cells
                ? all
                : "first " + MAX_PRINTED + " of " + all + (lines > MAX_PRINTED ? ", and the first that can run" : "");
    }
}
