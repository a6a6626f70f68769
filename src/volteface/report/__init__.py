"""The page that an analyst reads. Pure: values in, HTML out."""
