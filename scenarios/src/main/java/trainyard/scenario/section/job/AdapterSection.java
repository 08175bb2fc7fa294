package trainyard.scenario.section.job;

import java.util.EnumSet;
import java.util.List;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.adapter.AdaptedModel;
import trainyard.parallel.model.adapter.AdapterModule;
import trainyard.parallel.model.adapter.Adapters;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** {@code job.adapters}: low-rank adapters on frozen weights. */
public final class AdapterSection {

    public static final Field<Long> RANK = Field.of(
                    "rank",
                    IntegerType.between(1, 100_000),
                    "Columns of the first matrix of an adapter and rows of the second; tensor ranks split them.")
            .asRequired();
    public static final Field<List<AdapterModule>> MODULES = Field.of(
                    "modules",
                    new ListType<>(ChoiceType.of("module", AdapterModule.class), "words"),
                    "Products that carry an adapter: to queries, keys and values (`qkv`), of attention's result"
                            + " (`projection`), into the MLP with its gate (`mlp-up`) and out of it (`mlp-down`); experts"
                            + " have one each.")
            .orElse("[qkv, projection, mlp-up, mlp-down]");

    public static final Section SECTION = Section.of(
            "job.adapters",
            "Fine-tuning by low-rank adapters (LoRA, Hu et al. 2021): all weights of the model are frozen; only the"
                    + " adapters have gradients, optimizer states and an exchange among replicas.",
            RANK,
            MODULES);

    private AdapterSection() {}

    /**
     * The model with the adapters.
     *
     * @throws ScenarioException if the model has no product of a module, or a module is named twice
     */
    static Model bind(Values values, Model base) {
        List<AdapterModule> modules = values.get(MODULES);
        if (modules.isEmpty() || EnumSet.copyOf(modules).size() < modules.size()) {
            throw at(values, modules.isEmpty() ? "no module is named" : "a module is named twice", "name each once");
        }
        try {
            return AdaptedModel.of(base, new Adapters(Math.toIntExact(values.get(RANK)), EnumSet.copyOf(modules)));
        } catch (IllegalArgumentException contradiction) {
            throw at(values, contradiction.getMessage(), "leave it out");
        }
    }

    private static ScenarioException at(Values values, String message, String hint) {
        return new ScenarioException(Problem.at(values.position(MODULES), Problem.Kind.PLAN, message, hint));
    }
}
