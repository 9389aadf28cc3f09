package kerava.cli;

import static kerava.interop.KerasFixtures.file;

/**
 * Command lines that no command can do anything with; {@code @} stands before a file of {@link
 * BadFiles}.
 */
final class RefusedLines {
  static final String ALL =
      """
      predict @none.keras @num.npy @cat.npy
      predict @none.h5 @num.npy @cat.npy
      predict @none @num.npy
      predict @empty.keras @num.npy
      predict @text.keras @num.npy
      predict @cut.keras @num.npy @cat.npy
      predict @array.keras @num.npy
      predict @folder.keras @num.npy
      predict @empty.h5 @num.npy
      predict @text.h5 @num.npy
      predict @cut.h5 @num.npy @cat.npy
      predict @folder.h5 @num.npy
      predict @other.h5 @num.npy
      predict @w.weights.h5 @num.npy
      predict @old.h5 @num.npy
      predict @model.txt @num.npy
      predict @model @num.npy
      predict @num.npy @num.npy
      predict @x.png @num.npy
      predict @nothing @num.npy
      predict @filled @num.npy
      predict @versions @num.npy
      predict @cut_export @num.npy @cat.npy
      predict @bare_export @num.npy @cat.npy
      predict @text_export @num.npy
      predict @empty_export @num.npy
      predict @two.keras
      predict @two.keras @num.npy
      predict @two.keras @num.npy @cat.npy @cat.npy
      predict @two.keras @cat.npy @num.npy
      predict @two.keras @num.npy @cat3.npy
      predict @two.keras @num.npy @none.npy
      predict @two.keras @num.npy @empty.npy
      predict @two.keras @num.npy @text.npy
      predict @two.keras @cut.npy @cat.npy
      predict @two.keras @cuthead.npy @cat.npy
      predict @two.keras @more.npy @cat.npy
      predict @two.keras @folder.npy @cat.npy
      predict @two.keras @flat.npy @cat.npy
      predict @two.keras @scalar.npy @cat.npy
      predict @two.keras @norows.npy @cat.npy
      predict @two.keras @wide.npy @cat.npy
      predict @two.keras @deep.npy @cat.npy
      predict @two.keras @picture.npy @cat.npy
      predict @two.keras @negative.npy @cat.npy
      predict @two.keras @huge.npy @cat.npy
      predict @two.keras @promise.npy @cat.npy
      predict @two.keras @long_shape.npy @cat.npy
      predict @two.keras @object.npy @cat.npy
      predict @two.keras @string.npy @cat.npy
      predict @two.keras @complex.npy @cat.npy
      predict @two.keras @long_type.npy @cat.npy
      predict @two.keras @no_shape.npy @cat.npy
      predict @two.keras @long_header.npy @cat.npy
      predict @two.keras @version.npy @cat.npy
      predict @two.keras @num.npy @x.png
      predict @two.keras @x.png @x.png
      predict @two.keras @x.png
      predict @two.keras --input num=@num.npy
      predict @two.keras --input num=@num.npy --input dog=@cat.npy
      predict @two.keras --input num=@num.npy --input num=@num.npy
      predict @two.keras --input num=@num.npy --input cat=@cat3.npy
      predict @two.keras --input num=@num.npy --input cat=@none.npy
      predict @two.keras --input num=@num.npy --input cat=@x.png
      predict @two.keras --input num=@num.npy --input cat=
      predict @two.keras --input num=@num.npy --input =@cat.npy
      predict @two.keras --input num=@num.npy --input cat
      predict @two.keras --input @num.npy
      predict @two.keras --input num=@num.npy @cat.npy
      predict @two.keras --input
      predict @two.keras @num.npy @cat.npy --output @nothing
      predict @two.keras @num.npy @cat.npy --output @out.txt
      predict @two.keras @num.npy @cat.npy --output @folder.npy
      predict @two.keras @num.npy @cat.npy --output @model/y.npy
      predict @two.keras @num.npy @cat.npy --signature serve
      predict @two.keras @num.npy @cat.npy --device tpu
      predict @two.keras @num.npy @cat.npy --outptu @y.npy
      predict @two.h5 @num.npy
      predict @two.h5 @wide.npy @cat.npy
      predict @two.h5 @num.npy @cat3.npy
      predict @outputs.keras @picture1.npy
      predict @outputs.keras @picture.npy --output @y.npy
      predict @outputs.keras @picture.npy --output @model
      predict @outputs.keras @picture.npy --output @model/out
      predict @outputs.keras @x.png
      predict @outputs.keras --input image=@picture.npy
      predict @export @num.npy
      predict @export @num.npy @cat3.npy
      predict @export @cat.npy @num.npy
      predict @export @flat.npy @cat.npy
      predict @export @norows.npy @cat.npy
      predict @export --input num=@num.npy
      predict @export --input num=@num.npy --input dog=@cat.npy
      predict @export @num.npy @cat.npy --signature none
      predict @export @num.npy @cat.npy --signature __saved_model_init_op
      predict @export @x.png
      predict @types @x1.npy
      predict @types @x1.npy --signature scalar
      predict @types @x1.npy --signature double
      predict @types @x1.npy --signature all
      predict @types @num.npy --signature running
      predict @tf1 @num.npy
      predict %images/side4096.keras @none.png
      predict %images/side4096.keras @empty.png
      predict %images/side4096.keras @cut.png
      predict %images/side4096.keras @cuthead.png
      predict %images/side4096.keras @text.jpg
      predict %images/side4096.keras @folder.png
      predict %images/side4096.keras @model.txt
      predict %images/side4096.keras @num.npy
      evaluate @none.keras
      evaluate @text.keras --dataset shapes
      evaluate @cut.keras --dataset shapes
      evaluate @w.weights.h5 --dataset shapes
      evaluate @two.keras --dataset shapes
      evaluate @two.h5 --dataset shapes
      evaluate @outputs.keras --dataset shapes
      evaluate @export --dataset shapes
      evaluate @types --dataset shapes
      evaluate @tf1 --dataset shapes
      evaluate @nothing --dataset shapes
      evaluate %seed.keras --dataset @none
      evaluate %seed.keras --dataset @nothing
      evaluate %seed.keras --dataset @filled
      evaluate %seed.keras --dataset @x.png
      evaluate %seed.keras --dataset shapes --limit 0
      inspect @none.keras
      inspect @none
      inspect @empty.keras
      inspect @text.keras
      inspect @cut.keras
      inspect @array.keras
      inspect @empty.h5
      inspect @text.h5
      inspect @cut.h5
      inspect @other.h5
      inspect @model.txt
      inspect @num.npy
      inspect @nothing
      inspect @filled
      inspect @versions
      inspect @cut_export
      inspect @bare_export
      inspect @text_export
      inspect @empty_export
      convert @none.keras @out.keras
      convert @text.keras @out.keras
      convert @cut.h5 @out.keras
      convert @w.weights.h5 @out.keras
      convert @old.h5 @out.keras
      convert @export @out.keras
      convert @tf1 @out.keras
      convert @nothing @out.keras
      convert @two.keras @out.h5
      convert @two.keras @filled
      convert @two.keras @model
      convert @two.keras @model/out
      convert @two.keras @model/out.keras
      convert @two.keras @folder.keras
      train --model @two.keras --dataset shapes --out @trained
      train --model @two.h5 --dataset shapes --out @trained
      train --model @outputs.keras --dataset shapes --out @trained
      train --model @text.keras --dataset shapes --out @trained
      train --model @cut.h5 --dataset shapes --out @trained
      train --model @w.weights.h5 --dataset shapes --out @trained
      train --model @export --dataset shapes --out @trained
      train --model @nothing --dataset shapes --out @trained
      train --model @none.keras --dataset shapes --out @trained
      train --dataset @none --out @trained
      train --dataset @nothing --out @trained
      train --dataset @filled --out @trained
      train --dataset @num.npy --out @trained
      train --dataset shapes --limit 10 --out @model
      train --dataset shapes --limit 10 --out @model/out
      train --recipe fast --dataset shapes --limit 90 --epochs 2147483647 --batch-size 1 --out @trained
      plot @none.keras @p.svg
      plot @text.keras @p.svg
      plot @cut.h5 @p.svg
      plot @w.weights.h5 @p.svg
      plot @export @p.svg
      plot @tf1 @p.svg
      plot @two.keras @p.png
      plot @two.keras @model/p.svg
      plot resnet999998 @p.svg
      plot wrn16_999999 @p.svg
      """
          .replace("%images", file("many_images").toString())
          .replace("%seed.keras", file("keras3_seed_minimal_config.keras").toString());

  private RefusedLines() {}
}
