package trainyard.scenario.section.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeModule;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.JsonSchema;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;

/** What is computed again: one word for the layer, or a list of its modules. */
public record RecomputeType() implements ValueType<Recompute> {

    /** One word. */
    public static final ChoiceType<Recompute> WORD = new ChoiceType<>("recompute", Problem.Kind.VALUE, words());

    private static final ListType<RecomputeModule> MODULES =
            new ListType<>(ChoiceType.of("module to recompute", RecomputeModule.class), "modules");

    private static Map<String, Recompute> words() {
        Map<String, Recompute> words = new LinkedHashMap<>();
        Recompute.WORDS.forEach(recompute -> words.put(recompute.word(), recompute));
        return words;
    }

    @Override
    public Optional<Recompute> read(Node node, Problems problems) {
        if (node instanceof Node.Scalar scalar && scalar.text().isEmpty()) {
            problems.add(
                    node.position(),
                    Problem.Kind.VALUE,
                    "'recompute' has no value",
                    String.join(", ", WORD.choices().keySet()));
            return Optional.empty();
        }
        return node instanceof Node.Sequence
                ? MODULES.read(node, problems).flatMap(modules -> together(modules, node, problems))
                : WORD.read(node, problems);
    }

    private static Optional<Recompute> together(List<RecomputeModule> modules, Node node, Problems problems) {
        if (modules.isEmpty() || EnumSet.copyOf(modules).size() < modules.size()) {
            problems.add(
                    node.position(),
                    Problem.Kind.VALUE,
                    modules.isEmpty() ? "the list names no module" : "a module is named twice",
                    modules.isEmpty() ? "write none, or a module" : "name each once");
            return Optional.empty();
        }
        try {
            return Optional.of(Recompute.of(EnumSet.copyOf(modules)));
        } catch (PlanException contradiction) {
            problems.add(node.position(), Problem.Kind.PLAN, contradiction.getMessage(), "");
            return Optional.empty();
        }
    }

    @Override
    public ObjectNode schema() {
        return JsonSchema.anyOf(WORD.schema(), MODULES.schema());
    }

    @Override
    public String describe() {
        return WORD.describe() + ", or a list of " + MODULES.type().describe();
    }

    @Override
    public boolean isScalar() {
        return false;
    }
}
