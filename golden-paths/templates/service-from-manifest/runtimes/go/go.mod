module ${{ values.repository.host }}/${{ values.slug }}

go 1.23
