package trainyard.scenario.section.coordination;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import trainyard.faults.coordination.waiting.Instruction;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/** One instruction of a process, such as {@code compute 1 s} or {@code all-reduce gradients}. */
record InstructionType() implements ScalarType<Instruction> {

    private static final List<String> MEETINGS = List.of(
            "all-reduce", "all-gather", "reduce-scatter", "all-to-all", "broadcast", "barrier", "send", "receive");
    private static final List<String> WORDS = List.of(
            "compute",
            "lock",
            "unlock",
            "update",
            "die",
            "all-reduce",
            "all-gather",
            "reduce-scatter",
            "all-to-all",
            "broadcast",
            "barrier",
            "send",
            "receive");

    @Override
    public Optional<Instruction> parse(Node.Scalar scalar, Problems problems) {
        String[] parts = scalar.text().strip().split("\\s+", 2);
        String rest = parts.length == 2 ? parts[1] : "";
        String[] named = rest.split("\\s+", 2);
        String name = named[0];
        String time = named.length == 2 ? named[1] : "";
        String word = parts[0];
        if (!WORDS.contains(word)) {
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    "unknown instruction '" + word + "'",
                    Nearest.hint(word, WORDS),
                    "allowed: " + String.join(" ", WORDS));
            return Optional.empty();
        }
        if (word.equals("die") != rest.isEmpty()) {
            problems.add(
                    scalar.position(),
                    Problem.Kind.VALUE,
                    "'" + scalar.text() + "' is not complete, or says too much",
                    "write compute 1 s, lock name, update name 1 ms, all-reduce name, die");
            return Optional.empty();
        }
        return instruction(scalar, word, name, word.equals("compute") ? rest : time, problems);
    }

    private static Optional<Instruction> instruction(
            Node.Scalar scalar, String word, String name, String time, Problems problems) {
        if (MEETINGS.contains(word)) {
            return time.isEmpty()
                    ? Optional.of(new Instruction.Meet(word, name, 0))
                    : seconds(scalar, time, problems).map(seconds -> new Instruction.Meet(word, name, seconds));
        }
        return switch (word) {
            case "compute" -> seconds(scalar, time, problems).map(Instruction.Compute::new);
            case "update" -> seconds(scalar, time, problems).map(seconds -> new Instruction.Update(name, seconds));
            case "lock" -> Optional.of(new Instruction.Take(name));
            case "unlock" -> Optional.of(new Instruction.Give(name));
            default -> Optional.of(new Instruction.Die());
        };
    }

    private static Optional<Double> seconds(Node.Scalar scalar, String text, Problems problems) {
        try {
            double seconds = Units.value(text, Dimension.DURATION);
            if (seconds >= 0) {
                return Optional.of(seconds);
            }
            problems.add(scalar.position(), Problem.Kind.VALUE, "'" + text + "' is below 0", "write 1 s");
        } catch (UnitException wrong) {
            problems.add(scalar.position(), Problem.Kind.UNIT, wrong.problem(), wrong.fix());
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    @Override
    public String describe() {
        return "an instruction, such as `compute 1 s`";
    }
}
