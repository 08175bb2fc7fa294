package trainyard.sim.hardware;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parts of one kind by name, in the order in which they were added. Names match whatever their case; aliases name a part
 * twice.
 */
final class NamedParts<T> {

    private final String kind;
    private final Map<String, T> byKey = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    NamedParts(String kind) {
        this.kind = kind;
    }

    NamedParts<T> copy() {
        NamedParts<T> copy = new NamedParts<>(kind);
        copy.byKey.putAll(byKey);
        copy.aliases.putAll(aliases);
        copy.names.addAll(names);
        return copy;
    }

    /** Adds a part, or replaces the one of that name. */
    void put(String name, T part) {
        if (byKey.put(key(name), part) == null) {
            names.add(name);
        }
    }

    void alias(String alias, String name) {
        aliases.put(key(alias), key(name));
    }

    List<T> all() {
        return List.copyOf(byKey.values());
    }

    boolean contains(String name) {
        return byKey.containsKey(resolve(name));
    }

    T get(String name) {
        T part = byKey.get(resolve(name));
        if (part == null) {
            throw new IllegalArgumentException(
                    "unknown " + kind + " \"" + name + "\"\nMaybe you mean " + String.join(", ", nearest(name)) + "?");
        }
        return part;
    }

    private String resolve(String name) {
        return aliases.getOrDefault(key(name), key(name));
    }

    private List<String> nearest(String name) {
        return names.stream()
                .sorted(Comparator.comparingInt(candidate -> distance(key(name), key(candidate))))
                .limit(3)
                .toList();
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance, with nothing to pay for what a longer candidate adds at its end. */
    private static int distance(String typed, String candidate) {
        int[] row = new int[candidate.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= typed.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (typed.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        int best = row[row.length - 1];
        for (int j = typed.length(); j < row.length; j++) {
            best = Math.min(best, row[j]);
        }
        return best;
    }
}
