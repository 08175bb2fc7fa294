package trainyard.scenario.verify.training;

import java.util.EnumSet;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.adapter.AdaptedModel;
import trainyard.parallel.model.adapter.AdapterModule;
import trainyard.parallel.model.adapter.Adapters;

/** The adapters of a row whose notes say that it fine-tunes with LoRA. */
final class RowAdapters {

    /**
     * No row states rank and modules. Megatron-Bridge measures Llama 3 70B with rank 16 on the projection to queries, keys
     * and values (scripts/performance, llama3_llm_finetune.py and its recipes, 26.06: dim 16, target_modules linear_qkv).
     * Taken for NeMo 24.07 too (assumed).
     */
    private static final Adapters MEASURED = new Adapters(16, EnumSet.of(AdapterModule.QKV));

    private RowAdapters() {}

    /** The model as the row trains it. */
    static Model on(Model model, RowCells cells) {
        String notes = cells.text("notes");
        boolean adapted = notes.contains("FINE-TUNING") && notes.contains("LoRA");
        return adapted ? AdaptedModel.of(model, MEASURED) : model;
    }
}
