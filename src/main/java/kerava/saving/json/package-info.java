/** Models, compile settings and what goes with them as Keras' JSON, of Keras 3 and Keras 2. */
@NullMarked
package kerava.saving.json;

import org.jspecify.annotations.NullMarked;
